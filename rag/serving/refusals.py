"""What is answered instead: one sentence in the JSON that OpenAI's clients read errors from."""

from starlette.responses import JSONResponse

INVALID = "invalid_request_error"
SERVER = "server_error"


def refusal(
    status: int,
    message: str,
    *,
    kind: str = INVALID,
    code: str | None = None,
    parameter: str | None = None,
) -> JSONResponse:
    form = error_form(message, kind=kind, code=code, parameter=parameter)
    return JSONResponse(form, status_code=status)


def error_form(
    message: str, *, kind: str = INVALID, code: str | None = None, parameter: str | None = None
) -> dict[str, object]:
    return {"error": {"message": message, "type": kind, "param": parameter, "code": code}}
