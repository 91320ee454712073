"""What Alembic runs. `services.migrations.migrate` passes the connection in; the environment is not read."""

from alembic import context

from services.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
