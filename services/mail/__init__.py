"""E-mail, for people whom Teams cannot reach. Knows SMTP and how a letter is built; knows no notices."""

from services.mail.smtp import SmtpMailer

__all__ = ["SmtpMailer"]
