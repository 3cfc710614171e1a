"""The event service with pull points (ONVIF Core specification §9)."""

from collections.abc import Mapping

from recorder.simcam.onvif.camera_clock import CameraClock
from recorder.simcam.onvif.duration import parse_duration_s, seconds_until
from recorder.simcam.onvif.event_xml import CONCRETE_SET, read_topics, topic_set, write_notice
from recorder.simcam.onvif.service import Call, Handler
from recorder.simcam.onvif.soap import bad_argument
from recorder.simcam.onvif.subscriptions import DEFAULT_LIFE_S, Subscription, Subscriptions
from recorder.simcam.onvif.xml_reader import text
from recorder.simcam.onvif.xml_writer import Element, el
from vms.kernel.clock import iso

SUBSCRIPTION_PATH = "/onvif/subscription/"
MAX_PULL_S = 60.0
MAX_MESSAGES = 50


class EventService:
    """Creates pull points; their own operations come in under `SUBSCRIPTION_PATH` with the token as tail."""

    path = "/onvif/event_service"
    namespace = "tev"
    version = (2, 60)
    open_operations = frozenset({"GetServiceCapabilities"})

    def __init__(self, clock: CameraClock, subscriptions: Subscriptions) -> None:
        self._clock = clock
        self._subscriptions = subscriptions

    def operations(self) -> Mapping[str, Handler]:
        """See `Service.operations`."""
        return {
            "GetServiceCapabilities": self._get_capabilities,
            "GetEventProperties": self._get_properties,
            "CreatePullPointSubscription": self._create,
            "PullMessages": self._pull,
            "SetSynchronizationPoint": self._synchronize,
            "Renew": self._renew,
            "Unsubscribe": self._unsubscribe,
        }

    def _get_capabilities(self, _call: Call) -> Element:
        return el(
            "tev:GetServiceCapabilitiesResponse",
            el("tev:Capabilities", WSSubscriptionPolicySupport=False, MaxPullPoints=16),
        )

    def _get_properties(self, _call: Call) -> Element:
        schema = "http://www.onvif.org/onvif/ver10"
        return el(
            "tev:GetEventPropertiesResponse",
            el("tev:TopicNamespaceLocation", f"{schema}/topics/topicns.xml"),
            el("wsnt:FixedTopicSet", True),
            topic_set(),
            el("wsnt:TopicExpressionDialect", CONCRETE_SET),
            el("tev:MessageContentFilterDialect", "http://www.onvif.org/ver10/tev/messageContentFilter/ItemFilter"),
            el("tev:MessageContentSchemaLocation", f"{schema}/schema/onvif.xsd"),
        )

    def _life_s(self, value: str | None) -> float:
        if not value:
            return DEFAULT_LIFE_S
        try:
            life_s = seconds_until(value, self._clock.now_us())
        except ValueError as err:
            raise bad_argument("ter:UnacceptableInitialTerminationTimeFault", "That is no time.") from err
        if life_s <= 0:
            raise bad_argument("ter:UnacceptableInitialTerminationTimeFault", "That time is over.")
        return life_s

    def _times(self, subscription: Subscription, current: str, end: str) -> tuple[Element, Element]:
        now_us = self._clock.now_us()
        return el(current, iso(now_us)), el(end, iso(now_us + self._subscriptions.remaining_us(subscription)))

    def _create(self, call: Call) -> Element:
        life_s = self._life_s(text(call.operation, "tev:InitialTerminationTime"))
        subscription = self._subscriptions.create(read_topics(call.operation), life_s)
        address = call.base_url + SUBSCRIPTION_PATH + subscription.token
        return el(
            "tev:CreatePullPointSubscriptionResponse",
            el("tev:SubscriptionReference", el("wsa5:Address", address)),
            *self._times(subscription, "wsnt:CurrentTime", "wsnt:TerminationTime"),
        )

    async def _pull(self, call: Call) -> Element:
        subscription = self._subscriptions.get(call.tail)
        try:
            timeout_s = parse_duration_s(call.argument("tev:Timeout"))
            limit = int(call.argument("tev:MessageLimit"))
        except ValueError as err:
            raise bad_argument("ter:InvalidArgVal", "Time-out or limit is no number.") from err
        if timeout_s > MAX_PULL_S or limit < 1:
            raise bad_argument("ter:InvalidArgVal", "The time-out is longer than a minute, or the limit is zero.")
        notices = await subscription.pull(timeout_s, min(limit, MAX_MESSAGES))
        return el(
            "tev:PullMessagesResponse",
            *self._times(subscription, "tev:CurrentTime", "tev:TerminationTime"),
            *(write_notice(notice) for notice in notices),
        )

    def _synchronize(self, call: Call) -> Element:
        self._subscriptions.repeat_all(self._subscriptions.get(call.tail))
        return el("tev:SetSynchronizationPointResponse")

    def _renew(self, call: Call) -> Element:
        subscription = self._subscriptions.get(call.tail)
        self._subscriptions.renew(subscription, self._life_s(text(call.operation, "wsnt:TerminationTime")))
        end, current = "wsnt:TerminationTime", "wsnt:CurrentTime"
        times = self._times(subscription, current, end)
        return el("wsnt:RenewResponse", times[1], times[0])

    def _unsubscribe(self, call: Call) -> Element:
        self._subscriptions.end(self._subscriptions.get(call.tail))
        return el("wsnt:UnsubscribeResponse")
