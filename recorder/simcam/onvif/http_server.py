"""A uvicorn server that starts, stops or vanishes inside somebody else's event loop."""

import socket

import uvicorn
from starlette.applications import Starlette

MAX_CONNECTIONS = 64
IDLE_S = 15
GOODBYE_S = 1


class HttpServer:
    """Serves one application on one port.

    uvicorn's `serve()` would catch the process's signals and wake ten times a second for every camera of a
    hundred; `startup()` with `shutdown()` is all of it that is needed here.
    """

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        self._app = app
        self._host = host
        self._port = port
        self._server: uvicorn.Server | None = None

    @property
    def port(self) -> int:
        """The port in use; the same after a restart, even if the first was chosen by the system."""
        return self._port

    async def start(self) -> None:
        """Listen. OSError when the port is taken."""
        if self._server is not None:
            return
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((self._host, self._port))
        except OSError:
            listener.close()
            raise
        self._port = listener.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            limit_concurrency=MAX_CONNECTIONS,
            timeout_keep_alive=IDLE_S,
            timeout_graceful_shutdown=GOODBYE_S,
        )
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[listener])
        self._server = server

    def vanish(self) -> None:
        """Be gone at once: lines are reset, nobody listens. Never fails."""
        server, self._server = self._server, None
        if server is None:
            return
        for listener in server.servers:
            listener.close()
        for connection in list(server.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()
        for task in server.server_state.tasks:
            task.cancel()

    async def stop(self) -> None:
        """Finish what is being answered, within a second, then close."""
        server, self._server = self._server, None
        if server is not None:
            await server.shutdown()
