"""Events in WS-BaseNotification's XML."""

from recorder.simcam.onvif.properties import TOPICS, Notice, Topic
from recorder.simcam.onvif.soap import SoapFaultError
from recorder.simcam.onvif.xml_reader import find_all
from recorder.simcam.onvif.xml_writer import Element, el
from vms.kernel.clock import iso

CONCRETE_SET = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet"
_MAX_EXPRESSION = 512


def write_notice(notice: Notice) -> Element:
    """`wsnt:NotificationMessage` of one notice."""
    topic = notice.topic
    message = el(
        "tt:Message",
        el("tt:Source", el("tt:SimpleItem", Name=topic.source_name, Value=topic.source_value)),
        el("tt:Data", el("tt:SimpleItem", Name=topic.data_name, Value=notice.is_true)),
        UtcTime=iso(notice.at_us),
        PropertyOperation=notice.operation,
    )
    return el(
        "wsnt:NotificationMessage",
        el("wsnt:Topic", f"tns1:{topic.path}", Dialect=CONCRETE_SET),
        el("wsnt:Message", message),
    )


def topic_set() -> Element:
    """`wstop:TopicSet` with every topic and what its messages carry."""
    root = el("wstop:TopicSet")
    for topic in TOPICS:
        parent = root
        for depth, step in enumerate(topic.path.split("/")):
            # Only root topics belong to a namespace (WS-Topics 1.3 §4): those below are unqualified.
            name = f"tns1:{step}" if depth == 0 else step
            parent.append(el(name))
            parent = parent[-1]
        parent.set("{http://docs.oasis-open.org/wsn/t-1}topic", "true")
        parent.append(_description(topic))
    return root


def _description(topic: Topic) -> Element:
    source_type = "tt:ReferenceToken"
    return el(
        "tt:MessageDescription",
        el("tt:Source", el("tt:SimpleItemDescription", Name=topic.source_name, Type=source_type)),
        el("tt:Data", el("tt:SimpleItemDescription", Name=topic.data_name, Type="xs:boolean")),
        IsProperty=True,
    )


def read_topics(operation: Element) -> tuple[Topic, ...]:
    """Topics a subscriber wants: all, or those of its concrete-set expressions (`a/b|c//.`).

    A fault for content filters, which this camera does not know, and for expressions without any topic.
    """
    expressions = find_all(operation, "tev:Filter/wsnt:TopicExpression")
    if find_all(operation, "tev:Filter/wsnt:MessageContent"):
        raise _no_filter("This camera filters by topic only.")
    if not expressions:
        return TOPICS
    wanted = [
        alternative.strip()
        for expression in expressions
        for alternative in (expression.text or "")[:_MAX_EXPRESSION].split("|")
    ]
    chosen = tuple(topic for topic in TOPICS if any(_matches(topic, expression) for expression in wanted))
    if not chosen:
        raise _no_filter("The filter names no topic of this camera.")
    return chosen


def _matches(topic: Topic, expression: str) -> bool:
    _, _, path = expression.rpartition(":") if expression.count(":") == 1 else ("", "", expression)
    if path.endswith("//."):
        prefix = path.removesuffix("//.")
        return topic.path == prefix or topic.path.startswith(f"{prefix}/")
    return topic.path == path


def _no_filter(reason: str) -> SoapFaultError:
    return SoapFaultError("Sender", ("ter:InvalidArgVal", "ter:InvalidFilter"), reason)
