"""The institution's sign-in provider over OpenID Connect: authorization code with PKCE."""

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import Kind, VmsError
from vms.people.directory.addresses import is_safe
from vms.people.directory.flow import FLOW_US, Flow, expired
from vms.people.directory.port import DirectoryPerson, unavailable

_DISCOVERY_US = 3600 * US_PER_SECOND
_ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcPlace:
    """Where the provider is, as whom we ask. `back_address`: our own address that it sends people back to.

    `domain`: names `ayse@domain` are `ayse` here; those of other domains are nobody's.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    back_address: str
    name_claim: str = "preferred_username"
    domain: str = ""
    scope: str = "openid profile"
    ca_file: Path | None = None
    timeout_s: float = 5.0
    leeway_s: int = 60


class OidcProvider:
    """Asks the provider. Thread-safe. VmsError(UNAVAILABLE, `directory_unavailable`) when it cannot answer."""

    def __init__(self, place: OidcPlace, clock: Clock) -> None:
        self._place = place
        self._clock = clock
        self._lock = threading.Lock()
        self._known: tuple[int, Mapping[str, Any]] | None = None
        self._keys: KeySet | None = None

    @property
    def is_over_tls(self) -> bool:
        """Whether browsers reach us over TLS."""
        return self._place.back_address.startswith("https://")

    def begin(self, place: str) -> tuple[str, Flow]:
        """Where to send the browser, with what must come back. `place`: where in the console the person wants to go."""
        until_us = self._clock.now_us() + FLOW_US
        flow = Flow(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), place, until_us)
        with self._session() as session:
            url, _ = session.create_authorization_url(
                self.discovered()["authorization_endpoint"],
                state=flow.state,
                nonce=flow.nonce,
                code_verifier=flow.verifier,
            )
        return str(url), flow

    def finish(self, flow: Flow, answer: Mapping[str, str]) -> DirectoryPerson:
        """Who the provider says it is. `answer`: the query it sent the browser back with.

        VmsError(UNAUTHENTICATED): `sign_in_expired` for an answer to another question, `provider_refused`.
        """
        if not secrets.compare_digest(answer.get("state", "").encode(), flow.state.encode()):
            raise expired()
        if answer.get("iss", self._place.issuer) != self._place.issuer:  # RFC 9207: not another provider's answer
            raise _refused()
        code = answer.get("code", "")
        if not code:
            raise _refused()
        return self._person(self._claims(self._token(code, flow.verifier), flow.nonce))

    def discovered(self) -> Mapping[str, Any]:
        """The provider's own description, an hour old at most."""
        now_us = self._clock.now_us()
        with self._lock:
            if self._known is None or not 0 <= now_us - self._known[0] < _DISCOVERY_US:
                found = self._get(f"{self._place.issuer.rstrip('/')}/.well-known/openid-configuration")
                endpoints = [found.get(f"{name}_endpoint", "") for name in ("authorization", "token")]
                if found.get("issuer") != self._place.issuer or not all(
                    isinstance(one, str) and is_safe(one) for one in (*endpoints, found.get("jwks_uri", ""))
                ):
                    raise unavailable("describes itself wrongly")
                self._known = (now_us, found)
            return self._known[1]

    def _token(self, code: str, verifier: str) -> str:
        try:
            with self._session() as session:
                token = session.fetch_token(
                    self.discovered()["token_endpoint"], code=code, code_verifier=verifier,
                    grant_type="authorization_code", allow_redirects=False,
                )  # fmt: skip
        except OAuthError as err:
            raise _refused() from err
        except (requests.RequestException, ValueError) as err:
            raise unavailable(f"gave no token ({type(err).__name__})") from err
        return str(token.get("id_token", ""))

    def _claims(self, token: str, nonce: str) -> Mapping[str, Any]:
        """The claims of an ID token, checked as OpenID Connect Core §3.1.3.7 wants it."""
        place = self._place
        offered = self.discovered().get("id_token_signing_alg_values_supported", ["RS256"])
        algorithms = sorted(_ALGORITHMS & set(offered))
        try:
            try:
                decoded = jwt.decode(token, self._key_set(anew=False), algorithms=algorithms)
            except (JoseError, ValueError):  # the provider may have begun to sign with another key
                decoded = jwt.decode(token, self._key_set(anew=True), algorithms=algorithms)
            options = {
                "iss": {"essential": True, "value": place.issuer},
                "aud": {"essential": True, "value": place.client_id},
            }
            params = {"nonce": nonce, "client_id": place.client_id}
            claims = CodeIDToken(decoded.claims, decoded.header, options, params)
            claims.validate(now=self._clock.now_us() // US_PER_SECOND, leeway=place.leeway_s)
        except (JoseError, ValueError) as err:
            raise _refused() from err
        return dict(claims)

    def _person(self, claims: Mapping[str, Any]) -> DirectoryPerson:
        subject, name = claims.get("sub"), claims.get(self._place.name_claim)
        if not isinstance(subject, str) or not subject or not isinstance(name, str) or not name:
            raise _refused()
        local, _, domain = name.rpartition("@")
        if self._place.domain and domain.lower() == self._place.domain.lower():
            name = local
        shown = claims.get("name")
        return DirectoryPerson(subject, name, shown if isinstance(shown, str) and shown else name)

    def _key_set(self, *, anew: bool) -> KeySet:
        uri = self.discovered()["jwks_uri"]
        with self._lock:
            if anew or self._keys is None:
                self._keys = KeySet.import_key_set(self._get(uri))  # type: ignore[arg-type]
            return self._keys

    def _get(self, url: str) -> Mapping[str, Any]:
        try:
            with self._session() as session:
                answer = session.get(url, withhold_token=True, allow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as err:
            raise unavailable(f"cannot be reached ({type(err).__name__})") from err
        if not isinstance(found, dict):
            raise unavailable("describes itself wrongly")
        return found

    def _session(self) -> OAuth2Session:
        place = self._place
        session = OAuth2Session(
            place.client_id, place.client_secret, scope=place.scope, redirect_uri=place.back_address,
            code_challenge_method="S256", default_timeout=place.timeout_s,
        )  # fmt: skip
        session.trust_env = False  # what the settings say is what is asked, not a proxy of the environment
        session.verify = True if place.ca_file is None else str(place.ca_file)
        return session


def _refused() -> VmsError:
    return VmsError(
        Kind.UNAUTHENTICATED, "provider_refused", "The institution's sign-in page did not confirm you. Sign in again."
    )
