"""Runs migrations on the connection that `vms.kernel.migration` hands over."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,  # SQLite's DDL is transactional once BEGIN is ours
    render_as_batch=True,
)
context.run_migrations()
