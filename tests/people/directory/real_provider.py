"""An OpenID Connect provider on Authlib's server side, in a process of its own: `python real_provider.py ORDERS`.

Whoever comes to its page is signed in at once as the person that its orders name; when they name `people`, who comes
has to sign in on the page as one of them, and is known from then on. Orders are one JSON object a line on standard
input; each is answered by a line. First it prints its port.
"""

import json
import secrets
import sys
import threading
import time
from html import escape
from urllib.parse import parse_qsl

import uvicorn
from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, JsonRequest, OAuth2Request, grants
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT_ID, CLIENT_SECRET = "nazar", "client-secret-of-nazar"
COOKIE = "provider_session"
PAGE = """<!doctype html><html lang="tr"><link rel="icon" href="data:,"><title>Belediye hesabı</title>
<h1>Belediye hesabı</h1><p role="alert">{told}</p><form method="post" action="/sign-in?{query}">
<label>Kullanıcı <input name="name"></label><label>Parola <input name="password" type="password"></label>
<button>Devam et</button></form></html>"""


class Client(ClientMixin):
    def __init__(self, back):
        self._back = back

    def get_client_id(self):
        return CLIENT_ID

    def get_default_redirect_uri(self):
        return self._back

    def get_allowed_scope(self, scope):
        return scope

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri == self._back

    def check_client_secret(self, client_secret):
        return client_secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "client_secret_basic"

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type == "authorization_code"


class Code:
    """An authorization code with what was asked."""

    def __init__(self, code, request, person):
        self.code = code
        self.person = person
        payload = request.payload
        self.redirect_uri, self.scope = payload.redirect_uri, payload.scope
        self.nonce = payload.data.get("nonce")
        self.code_challenge = payload.data.get("code_challenge")
        self.code_challenge_method = payload.data.get("code_challenge_method")

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def get_nonce(self):
        return self.nonce

    def get_auth_time(self):
        return int(time.time())

    def get_acr(self):
        return None

    def get_amr(self):
        return None


class Provider(AuthorizationServer):
    """What people and clients ask, over Starlette."""

    def __init__(self):
        super().__init__(scopes_supported=["openid", "profile"])
        self.issuer = ""
        self.back = ""
        self.person = {"sub": "1", "preferred_username": "zeynep", "name": "Zeynep Çelik"}
        self.people = {}  # by name: {"password": …, "person": claims}
        self.present = {}  # who has signed in on the page, by the browser's cookie
        self.spoil = {}  # claims put into the next ID tokens in place of the right ones
        self.shift_s = 0
        self.keys = [RSAKey.generate_key(2048, {"kid": "1"})]
        self.codes = {}
        self.register_token_generator("default", self._token)
        self.register_grant(_grant_of(self), [CodeChallenge(required=True), _id_token_of(self)])

    @staticmethod
    def _token(grant_type, client, user=None, scope=None, expires_in=None, include_refresh_token=False):
        return {"token_type": "Bearer", "access_token": "opaque", "expires_in": 60, "scope": scope}

    def query_client(self, client_id):
        return Client(self.back) if client_id == CLIENT_ID else None

    def save_token(self, token, request):
        pass

    def send_signal(self, name, *args, **kwargs):
        pass

    def create_oauth2_request(self, request):
        asked = OAuth2Request(request["method"], request["url"], headers=request["headers"])
        asked.payload = BasicOAuth2Payload(request["data"])
        asked._body = request["data"] if request["method"] == "POST" else None
        return asked

    def create_json_request(self, request):
        return JsonRequest(request["method"], request["url"], request["headers"])

    def handle_response(self, status, body, headers):
        if isinstance(body, dict):
            return JSONResponse(body, status, dict(headers))
        return Response(body, status, dict(headers))


def _grant_of(provider):
    class Grant(grants.AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

        def save_authorization_code(self, code, request):
            provider.codes[code] = Code(code, request, dict(request.user))
            return provider.codes[code]

        def query_authorization_code(self, code, client):
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code):
            provider.codes.pop(authorization_code.code, None)

        def authenticate_user(self, authorization_code):
            return authorization_code.person

    return Grant


def _id_token_of(provider):
    class IdToken(OpenIDCode):
        def __init__(self):
            super().__init__(require_nonce=True)

        def exists_nonce(self, nonce, request):
            return False

        def get_client_algorithm(self, client):
            return "RS256"

        def get_client_claims(self, client):
            now = int(time.time()) + provider.shift_s
            return {"iss": provider.issuer, "aud": [CLIENT_ID], "iat": now, "exp": now + 300}

        def resolve_client_private_key(self, client):
            return provider.keys[-1]

        def generate_user_info(self, user, scope):
            return UserInfo(user | provider.spoil)

        def get_encode_header(self, client):
            return {"alg": "RS256", "kid": provider.keys[-1].kid}

    return IdToken()


async def _plain(request):
    query = (await request.body()).decode() if request.method == "POST" else request.url.query
    form = dict(parse_qsl(query))
    return {
        "method": request.method,
        "url": str(request.url),
        "headers": {name.title(): value for name, value in request.headers.items()},
        "data": form,
    }


def _page(request, told=""):
    return HTMLResponse(PAGE.format(told=escape(told), query=escape(request.url.query)))


def application(provider):
    async def authorize(request):
        person = provider.present.get(request.cookies.get(COOKIE)) if provider.people else provider.person
        if person is None:
            return _page(request)
        plain = await _plain(request)
        grant = provider.get_consent_grant(plain, end_user=person)
        return provider.create_authorization_response(plain, grant_user=person, grant=grant)

    async def sign_in(request):
        form = (await _plain(request))["data"]
        found = provider.people.get(form.get("name"))
        if found is None or found["password"] != form.get("password"):
            return _page(request, "Kullanıcı ya da parola yanlış.")
        mark = secrets.token_urlsafe()
        provider.present[mark] = found["person"]
        back = RedirectResponse(f"/authorize?{request.url.query}", 303)
        back.set_cookie(COOKIE, mark, httponly=True, samesite="lax")
        return back

    async def token(request):
        return provider.create_token_response(await _plain(request))

    async def describe(request):
        base = provider.issuer
        return JSONResponse({
            "issuer": base, "authorization_endpoint": f"{base}/authorize", "token_endpoint": f"{base}/token",
            "jwks_uri": f"{base}/jwks", "id_token_signing_alg_values_supported": ["RS256", "none"],
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
        })  # fmt: skip

    async def jwks(request):
        return JSONResponse({"keys": [key.as_dict(private=False) for key in provider.keys]})

    return Starlette(routes=[
        Route("/authorize", authorize), Route("/sign-in", sign_in, methods=["POST"]), Route("/jwks", jwks),
        Route("/token", token, methods=["POST"]), Route("/.well-known/openid-configuration", describe),
    ])  # fmt: skip


def obey(provider):
    for line in sys.stdin:
        order = json.loads(line)
        if order.pop("new_key", False):
            provider.keys.append(RSAKey.generate_key(2048, {"kid": str(len(provider.keys) + 1)}))
        for name, value in order.items():
            setattr(provider, name, value)
        print("ok", flush=True)  # noqa: T201 - its answer


def main():
    provider = Provider()
    config = uvicorn.Config(application(provider), host="127.0.0.1", port=0, log_level="warning")
    server = uvicorn.Server(config)
    socket = config.bind_socket()
    socket.listen()  # whoever comes before the server accepts waits in line
    port = socket.getsockname()[1]
    provider.issuer = f"http://127.0.0.1:{port}"
    threading.Thread(target=obey, args=(provider,), daemon=True).start()
    print(port, flush=True)  # noqa: T201 - its answer
    server.run(sockets=[socket])


if __name__ == "__main__":
    main()
