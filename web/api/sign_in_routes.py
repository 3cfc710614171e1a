"""The resources of signing in beside the session itself."""

from web.api import provider, second_factor, sessions, set_up, sign_in

SIGN_IN = (sign_in, provider, second_factor, sessions, set_up)
