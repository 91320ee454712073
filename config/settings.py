"""The only reader of the environment: one frozen value, refused with a sentence for each thing that is wrong."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticUndefined
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from config.setting_kinds import DatabaseUrl, DirectoryId, Identifier, LogLevel, Mailbox, SmtpUrl, Tenants

PREFIX = "PARTNERSHIP_BOT_"
LOCAL_HOST = "127.0.0.1"
_FROM_FILE = "_FILE"


class SettingsError(Exception):
    """The environment cannot be used. One sentence for each fault, none of which repeats a secret."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class _FilesSource(PydanticBaseSettingsSource):
    """Reads `NAME_FILE`: the way container platforms hand over a secret without showing it in the environment."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[object, str, bool]:
        setting = f"{_name(field_name)}{_FROM_FILE}"
        path = os.environ.get(setting)
        return (_content(setting, Path(path)) if path else None), field_name, False

    def __call__(self) -> dict[str, object]:
        read = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in read.items() if value is not None}


def _content(setting: str, path: Path) -> str:
    try:
        content = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError([f"{setting} names {path}, which cannot be read: {error.strerror}."]) from None
    except UnicodeDecodeError:
        raise SettingsError([f"{setting} names {path}, which is no text in UTF-8."]) from None
    if not content:
        raise SettingsError([f"{setting} names {path}, which is empty."])
    return content


class Settings(BaseSettings):
    """Everything the process may be told from outside. Read once, at the door."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, env_ignore_empty=True, extra="forbid")

    database_url: DatabaseUrl = Field(
        "sqlite+aiosqlite:///var/partnership.db",
        repr=False,
        description="Where everything is kept: an SQLAlchemy URL for SQLite or PostgreSQL; the driver is filled in.",
    )
    pack: Path = Field(Path("config/harrow"), description="The partnership's folder.")
    host: str = Field(LOCAL_HOST, min_length=1, description="The address to listen on; 0.0.0.0 in a container.")
    port: int = Field(3978, ge=1, le=65535, description="The port to listen on.")
    app_id: Identifier = Field("", description="The bot's Microsoft Entra application id. Needed to serve Teams.")
    app_password: SecretStr | None = Field(None, description="The client secret of that application.")
    app_tenant_id: Identifier = Field("", description="The Microsoft Entra tenant in which the application lives.")
    allowed_tenants: Annotated[Tenants, NoDecode] = Field(
        (), description="Tenants whose people may use the bot, separated by commas. Empty: the application's own only."
    )
    dangerously_allow_unauthenticated_local_requests: bool = Field(
        False,
        description="Take requests without a token, for the local Teams client. Needs host 127.0.0.1; never in use.",
    )
    log_level: LogLevel = Field(
        "INFO", description="The least serious log line that is written: DEBUG, INFO, WARNING or ERROR."
    )
    log_format: Literal["json", "console"] = Field(
        "json", description="json for machines, console for people at a terminal."
    )
    smtp_url: SmtpUrl | None = Field(
        None, description="The mail server for people whom Teams cannot reach: smtp://user:password@host:587."
    )
    mail_from: Mailbox = Field("", description="The sender of e-mails. Needed with smtp_url.")
    graph_mailbox: Mailbox = Field(
        "", description="The mailbox that Microsoft Graph sends e-mails from, as app_id; instead of smtp_url."
    )
    graph_tenant_id: Identifier = Field(
        "", description="The Microsoft Entra tenant of that mailbox. Empty: the application's own, app_tenant_id."
    )
    demo_tenant_id: DirectoryId = Field(
        "00000000-0000-0000-0000-0000000000001", description="The tenant of the local Teams client, for demo people."
    )
    demo_user_id: DirectoryId = Field(
        "00000000-0000-0000-0000-0000000000020",
        description="The object id that the local Teams client gives its user: who you are in the demo.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given outright, then the environment, then files named by `..._FILE`. No `.env` file is read."""
        return init_settings, env_settings, _FilesSource(settings_cls)

    @property
    def tenants(self) -> frozenset[str]:
        """Tenants whose people are let in. Empty means nobody."""
        return frozenset(self.allowed_tenants or filter(None, (self.app_tenant_id,)))

    @property
    def sends_mail(self) -> bool:
        """Whether a way to send e-mail is set."""
        return self.smtp_url is not None or bool(self.graph_mailbox)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        faults = []
        local = _name("dangerously_allow_unauthenticated_local_requests")
        if self.dangerously_allow_unauthenticated_local_requests and self.host != LOCAL_HOST:
            faults.append(f"{local} needs {_name('host')}={LOCAL_HOST}.")
        if self.dangerously_allow_unauthenticated_local_requests and self.app_id:
            # Behind a tunnel the real bot would answer anybody who finds the address.
            faults.append(f"{local} cannot stand beside {_name('app_id')}: a real bot always asks for tokens.")
        if bool(self.app_id) != (self.app_password is not None):
            faults.append(f"{_name('app_id')} and {_name('app_password')} must be given together.")
        if self.smtp_url is not None and not self.mail_from:
            faults.append(f"{_name('smtp_url')} needs {_name('mail_from')}.")
        faults += self._faults_of_graph()
        if faults:
            raise ValueError("\n".join(faults))
        return self

    def _faults_of_graph(self) -> list[str]:
        if not self.graph_mailbox:
            return []
        faults = []
        if self.smtp_url is not None:
            faults.append(
                f"{_name('graph_mailbox')} and {_name('smtp_url')} are two ways for the same; set one of them."
            )
        if not (self.app_id and (self.graph_tenant_id or self.app_tenant_id)):
            faults.append(f"{_name('graph_mailbox')} needs {_name('app_id')} and {_name('app_tenant_id')}.")
        return faults

    def faults_for_serving(self) -> tuple[str, ...]:
        """What is missing before Teams may be served. Commands that need no Teams do not ask."""
        if self.dangerously_allow_unauthenticated_local_requests:
            return ()
        faults = []
        if not self.app_id:
            faults.append(f"{_name('app_id')} and {_name('app_password')} are needed to serve Teams.")
        if not self.tenants:
            faults.append(
                f"{_name('app_tenant_id')} or {_name('allowed_tenants')} is needed: no tenant would be let in."
            )
        return tuple(faults)


def load_settings() -> Settings:
    """Read the environment. Raises `SettingsError` with every fault in it, a mistyped name included."""
    faults = list(_unknown_names(os.environ))
    try:
        settings = Settings()
    except ValidationError as error:
        faults += [line for detail in error.errors() for line in _sentences(detail)]
    except SettingsError as error:
        faults += error.faults
    if faults:
        raise SettingsError(faults)
    return settings


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One line of the table of settings in the README."""

    name: str
    default: str
    description: str


def settings_table() -> tuple[SettingLine, ...]:
    """Every setting as the README shows it; a test keeps the two the same."""
    return tuple(
        SettingLine(_name(field), _default(info), info.description or "")
        for field, info in Settings.model_fields.items()
    )


def _default(info: FieldInfo) -> str:
    value = None if info.default is PydanticUndefined else info.default
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if value not in (None, "", ()) else ""


def _name(field: str) -> str:
    return PREFIX + field.upper()


def _unknown_names(environ: Iterable[str]) -> Iterable[str]:
    known = {_name(field) for field in Settings.model_fields}
    known |= {name + _FROM_FILE for name in known}
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            yield f"{name} is not a setting{f'; did you mean {near[0]}?' if near else '.'}"


def _sentences(detail: ErrorDetails) -> Iterable[str]:
    if not detail["loc"]:
        return str(detail["ctx"]["error"]).splitlines()
    field = str(detail["loc"][0])
    if detail["type"] == "value_error":
        message = str(detail["ctx"]["error"])
    else:
        message = _SENTENCES.get(field, detail["msg"][:1].lower() + detail["msg"][1:])
    return [f"{_name(field)} {message}."]


_SENTENCES = {
    "port": "must be a whole number from 1 to 65535",
    "log_level": "must be DEBUG, INFO, WARNING or ERROR",
    "log_format": "must be json or console",
    "dangerously_allow_unauthenticated_local_requests": "must be true or false",
}
