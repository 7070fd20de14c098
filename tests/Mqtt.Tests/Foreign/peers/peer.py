"""paho-mqtt as a peer: one JSON command per line on stdin, one JSON event per line on stdout. The same words as peer.js."""
import json
import socket
import sys
import threading

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCodes
from paho.mqtt.subscribeoptions import SubscribeOptions

PORT = int(sys.argv[1])
OUTPUT = threading.Lock()

# Our word, paho's word.
CONNECT_WORDS = {"expiry": "SessionExpiryInterval", "receiveMaximum": "ReceiveMaximum", "packetLimit": "MaximumPacketSize",
                 "aliasMaximum": "TopicAliasMaximum", "wantsResponseInformation": "RequestResponseInformation"}
CONNACK_WORDS = {"expiry": "SessionExpiryInterval", "receiveMaximum": "ReceiveMaximum", "packetLimit": "MaximumPacketSize",
                 "aliasMaximum": "TopicAliasMaximum", "responseInformation": "ResponseInformation",
                 "assignedId": "AssignedClientIdentifier", "keepAlive": "ServerKeepAlive"}
MESSAGE_WORDS = {"contentType": "ContentType", "responseTopic": "ResponseTopic", "correlation": "CorrelationData",
                 "messageExpiry": "MessageExpiryInterval", "isText": "PayloadFormatIndicator", "alias": "TopicAlias",
                 "user": "UserProperty", "delay": "WillDelayInterval"}
BYTES = ("CorrelationData",)


def tell(name, event, **more):
    with OUTPUT:
        print(json.dumps({"client": name, "event": event, **more}, separators=(",", ":")), flush=True)


def pack(packet_type, words, command):
    properties = Properties(packet_type)
    for ours, theirs in words.items():
        if ours not in command:
            continue
        value = command[ours]
        if theirs == "UserProperty":
            value = [tuple(pair) for pair in value]
        setattr(properties, theirs, value.encode() if theirs in BYTES else value)
    return properties


def unpack(properties, words):
    found = {}
    for ours, theirs in words.items():
        value = getattr(properties, theirs, None) if properties is not None else None
        if value is not None:
            found[ours] = value.decode() if theirs in BYTES else value
    return found


class Peer:
    def __init__(self, name, command):
        self.name = name
        self.is5 = command["version"] == 5
        clean = None if self.is5 else command["clean"]
        self.client = mqtt.Client(command["id"], clean_session=clean, protocol=mqtt.MQTTv5 if self.is5 else mqtt.MQTTv311)
        self.client.on_connect = self.connected
        self.client.on_disconnect = self.closed
        self.client.on_message = self.message
        self.client.on_publish = lambda client, data, mid: tell(name, "published", mid=mid)
        self.client.on_subscribe = self.subscribed
        self.client.on_unsubscribe = self.unsubscribed
        self.client.on_log = self.logged
        if "user" in command:
            self.client.username_pw_set(command["user"], command.get("password"))
        if "will" in command:
            will = command["will"]
            properties = pack(PacketTypes.WILLMESSAGE, MESSAGE_WORDS, will) if self.is5 else None
            self.client.will_set(will["topic"], will["payload"], will["qos"], will["retain"], properties)
        self.connect(command)

    def connect(self, command):
        more = {}
        if self.is5:
            more = {"clean_start": command["clean"], "properties": pack(PacketTypes.CONNECT, CONNECT_WORDS, command)}
        self.client.connect("127.0.0.1", PORT, command["keepAlive"], **more)
        threading.Thread(target=self.loop, daemon=True).start()

    def loop(self):
        # Not loop_start: that connects again by itself.
        while self.client.loop(1.0) == mqtt.MQTT_ERR_SUCCESS:
            pass

    def connected(self, client, data, flags, reason, properties=None):
        code = reason.value if self.is5 else reason
        tell(self.name, "connected", code=code, present=bool(flags["session present"]), **unpack(properties, CONNACK_WORDS))

    def closed(self, client, data, reason, properties=None):
        if isinstance(reason, ReasonCodes):
            tell(self.name, "told", code=reason.value)
        tell(self.name, "closed")

    def message(self, client, data, message):
        properties = getattr(message, "properties", None)
        tell(self.name, "message", topic=message.topic, payload=message.payload.decode(), qos=message.qos, retain=bool(message.retain),
             dup=bool(message.dup), ids=getattr(properties, "SubscriptionIdentifier", []), **unpack(properties, MESSAGE_WORDS))

    def subscribed(self, client, data, mid, codes, properties=None):
        tell(self.name, "subscribed", codes=[code.value if self.is5 else code for code in codes])

    def unsubscribed(self, client, data, mid, properties=None, codes=None):
        codes = codes if isinstance(codes, list) else [codes]
        tell(self.name, "unsubscribed", codes=[code.value for code in codes if code is not None])

    def logged(self, client, data, level, text):
        if "PINGRESP" in text:
            tell(self.name, "pong")

    def subscribe(self, command):
        if not self.is5:
            self.client.subscribe(command["filter"], command["qos"])
            return
        options = SubscribeOptions(command["qos"], command.get("noLocal", False), command.get("asPublished", False), command.get("handling", 0))
        properties = Properties(PacketTypes.SUBSCRIBE)
        if "id" in command:
            properties.SubscriptionIdentifier = command["id"]
        self.client.subscribe(command["filter"], options=options, properties=properties)

    def unsubscribe(self, command):
        self.client.unsubscribe(command["filter"])

    def publish(self, command):
        properties = pack(PacketTypes.PUBLISH, MESSAGE_WORDS, command) if self.is5 else None
        for number in range(command.get("times", 1)):
            payload = command["payload"].replace("{n}", str(number))
            try:
                self.client.publish(command["topic"], payload, command["qos"], command["retain"], properties)
            except OSError:
                # The server ended the connection while this was being sent, and paho's own thread has closed the socket: it says so itself.
                pass

    def disconnect(self, command):
        if not self.is5:
            self.client.disconnect()
            return
        properties = pack(PacketTypes.DISCONNECT, CONNECT_WORDS, command)
        self.client.disconnect(ReasonCodes(PacketTypes.DISCONNECT, identifier=command["code"]), properties)

    def drop(self, command):
        self.client.socket().shutdown(socket.SHUT_RDWR)


peers = {}
for line in sys.stdin:
    command = json.loads(line)
    name = command["client"]
    if command["do"] == "connect":
        peers[name] = Peer(name, command)
    else:
        getattr(peers[name], command["do"])(command)
