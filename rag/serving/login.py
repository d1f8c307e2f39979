"""Lets nobody pass whom the accounts do not know: the page where people log in, and a clear no."""

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import parse_qs

from starlette.authentication import SimpleUser
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.errors import RagError
from rag.serving.gate import own_path
from rag.serving.recognition import Recognition, TooManyAttemptsError
from rag.serving.refusals import SERVER, refusal
from rag.serving.sessions import LASTING_SECONDS

PAGE = Template((Path(__file__).parent / "login.html").read_text(encoding="utf-8"))
FOCUS = " autofocus"
LOGIN, LOGOUT = "/login", "/logout"
MOST_FIELDS = 8
WRONG = "This name and password do not belong together."
WHO = (
    "say who you are: an API key as a bearer token (`newsdesk users key NAME` makes one), or name "
    "and password"
)


class Login:
    """Asks everybody who they are, whatever they ask for; `scope["user"]` then has the name."""

    def __init__(self, app: ASGIApp, recognition: Recognition, cookie: str) -> None:
        self._app = app
        self._recognition = recognition
        self._cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except TooManyAttemptsError as error:
            answer = refusal(429, str(error), code="rate_limit_exceeded")
            answer.headers["Retry-After"] = str(error.seconds)
        except RagError as error:
            answer = refusal(503, str(error), kind=SERVER)
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> ASGIApp:
        """Return what answers: the login, the no, or, for somebody known, what they asked for."""
        path = own_path(request.scope)
        if path == LOGIN:
            return await self._log_in(request)
        if path == LOGOUT:
            return self._log_out(request)
        name = await self._recognition.name(request.headers, request.cookies.get(self._cookie))
        if name is None:
            return _ask_who(request)
        request.scope["user"] = SimpleUser(name)
        return self._app

    async def _log_in(self, request: Request) -> Response:
        if request.method != "POST":
            return _page()
        name, password = await _given(request)
        try:
            known = await self._recognition.knows_password(name, password)
        except TooManyAttemptsError as error:
            if _is_person(request):
                return _page(name, f"{error}.".capitalize(), status=429)
            raise
        if not known:
            return _page(name, WRONG, status=401) if _is_person(request) else _no(WRONG)
        answer = _home(request) if _is_person(request) else JSONResponse({"success": True})
        answer.set_cookie(
            self._cookie,
            self._recognition.begin_session(name),
            max_age=LASTING_SECONDS,
            path=_home_path(request),
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return answer

    def _log_out(self, request: Request) -> Response:
        self._recognition.sessions.end(request.cookies.get(self._cookie, ""))
        answer = _home(request)
        answer.delete_cookie(self._cookie, path=_home_path(request))
        return answer


async def _given(request: Request) -> tuple[str, str]:
    """Return name and password of the form; empty where there is none."""
    try:
        form = parse_qs((await request.body()).decode(errors="replace"), max_num_fields=MOST_FIELDS)
    except ValueError:
        return "", ""
    name, password = (form.get(field, [""])[0] for field in ("username", "password"))
    return name.strip(), password


def _ask_who(request: Request) -> Response:
    if request.method == "GET" and own_path(request.scope) == "/" and _is_person(request):
        return RedirectResponse(f"{request.scope.get('root_path', '')}{LOGIN}", status_code=303)
    return _no(WHO)


def _no(message: str) -> Response:
    answer = refusal(401, message, code="invalid_api_key")
    answer.headers["WWW-Authenticate"] = 'Bearer realm="Newsdesk"'  # Basic makes browsers ask
    return answer


def _page(name: str = "", trouble: str = "", *, status: int = 200) -> Response:
    told = f'<p role="alert">{escape(trouble)}</p>' if trouble else ""
    page = PAGE.substitute(
        trouble=told,
        name=escape(name),
        name_first="" if name else FOCUS,
        password_first=FOCUS if name else "",
    )
    return HTMLResponse(page, status_code=status)


def _home(request: Request) -> Response:
    return RedirectResponse(_home_path(request), status_code=303)


def _home_path(request: Request) -> str:
    return f"{request.scope.get('root_path', '')}/"


def _is_person(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")
