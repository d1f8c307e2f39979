"""Requests to the public internet alone, for a page that serves others than its own machine.

Each connection is made to the very address that was checked, so that no name can lead elsewhere
between the check and the call. Proxies of the environment are not used: they would look names up
themselves.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from rag.errors import ReadError
from rag.readers.public_addresses import is_public

PORTS = {None, 80, 443}  # None: that of the scheme
WHOLE_SECONDS = 60.0  # of a connection, from its beginning; a server may send a byte now and then

Resolve = Callable[[str, int], list[str]]  # a host's name and a port -> its addresses, best first


def look_up(host: str, port: int) -> list[str]:
    """Ask the system for a host's addresses; it also understands 127.1 and 0x7f000001."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def public_client() -> httpx.Client:
    return httpx.Client(transport=PublicTransport())


class PublicTransport(httpx.BaseTransport):
    """Sends a client's requests; `resolve` and `permits` stand in for DNS and for what is public.

    Raises ReadError for what it refuses, before anything is sent.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = look_up,
        permits: Callable[[str], bool] = is_public,
        ports: Iterable[int | None] = PORTS,
        whole_seconds: float = WHOLE_SECONDS,
    ) -> None:
        self._ports = set(ports)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_keepalive_connections=0,  # a connection's time is that of one request
            network_backend=_Connector(resolve, permits, whole_seconds),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if url.port not in self._ports:
            raise ReadError(
                f"{url} names port {url.port}, but this page fetches only from the usual ones, 80 "
                "and 443; save what is there and add it as a file"
            )
        with _as_errors_of_httpx():
            response = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=url.raw_scheme,
                        host=url.raw_host,
                        port=url.port,
                        target=url.raw_path,
                    ),
                    headers=request.headers.raw,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions={}
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        with _as_errors_of_httpx():
            yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Connector(httpcore.NetworkBackend):
    """Looks a host up, checks every address it has, and connects to one of these."""

    def __init__(
        self, resolve: Resolve, permits: Callable[[str], bool], whole_seconds: float
    ) -> None:
        self._resolve = resolve
        self._permits = permits
        self._whole_seconds = whole_seconds
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        end = time.monotonic() + self._whole_seconds
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._public_addresses(host, port):
            try:
                stream = self._sockets.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
                return _Hurried(stream, host, end)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def _public_addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError(error.strerror or str(error)) from error
        if not all(map(self._permits, addresses)):
            raise ReadError(
                f"{host} is not on the public internet, and this page fetches nothing from inside "
                "a network; save what is there and add it as a file"
            )
        return addresses


class _Hurried(httpcore.NetworkStream):
    """A connection that has to be done by `end`, however busy it seems."""

    def __init__(self, stream: httpcore.NetworkStream, host: str, end: float) -> None:
        self._stream = stream
        self._host = host
        self._end = end

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._stream.read(max_bytes, self._left(timeout))
        except httpcore.ReadTimeout:
            self._left(timeout)  # tells whether it is the whole that took too long
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Hurried(stream, self._host, self._end)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise ReadError(f"{self._host} takes too long to answer; try again later")
        return left if timeout is None else min(timeout, left)


@contextmanager
def _as_errors_of_httpx() -> Iterator[None]:
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.ReadTimeout(str(error)) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise httpx.NetworkError(str(error)) from error
