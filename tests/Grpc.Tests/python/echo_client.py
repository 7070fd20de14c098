"""The foreign client. Usage: echo_client.py STUBS TARGET CHECK; exits 0 when the check holds."""
import sys
import threading

sys.path.insert(0, sys.argv[1])

import grpc
from grpctests.v1 import echo_pb2 as pb
from grpctests.v1 import echo_pb2_grpc

BIG = 16 * 1024 * 1024
WAIT = 15


def expect(actual, wanted):
    if actual != wanted:
        raise AssertionError(f"{actual!r} is not {wanted!r}")


def refused(call):
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call was not refused")


def unary(stub):
    expect(stub.Unary(pb.EchoMessage(text="执法"), timeout=WAIT).text, "执法")


def client_streaming(stub):
    answer = stub.Collect((pb.EchoMessage(text=str(i)) for i in range(50)), timeout=WAIT)
    expect(answer.text, ",".join(str(i) for i in range(50)))


def server_streaming(stub):
    texts = [m.text for m in stub.Expand(pb.EchoMessage(repeat=50), timeout=WAIT)]
    expect(texts, [str(i) for i in range(50)])


def duplex(stub):
    turn = threading.Semaphore(1)

    def requests():
        for i in range(50):
            turn.acquire()
            yield pb.EchoMessage(text=str(i))

    got = []
    for answer in stub.Chat(requests(), timeout=WAIT):
        got.append(answer.text)
        turn.release()
    expect(got, [str(i) for i in range(50)])


def metadata(stub):
    sent = (("echo-text", "two words, a comma"), ("echo-raw-bin", bytes([0, 1, 127, 128, 255])))
    _, call = stub.Unary.with_call(pb.EchoMessage(act="metadata"), metadata=sent, timeout=WAIT)
    headers, trailers = dict(call.initial_metadata()), dict(call.trailing_metadata())
    expect(headers["echo-text"], "two words, a comma")
    expect(headers["echo-raw-bin"], bytes([0, 1, 127, 128, 255]))
    expect(trailers["trailer-echo-text"], "two words, a comma")
    expect(trailers["trailer-echo-raw-bin"], bytes([0, 1, 127, 128, 255]))


def status(stub):
    for code in grpc.StatusCode:
        number = code.value[0]
        if number == 0:
            continue
        error = refused(lambda: stub.Unary(pb.EchoMessage(act="fail", code=number, text="证据 100% 不符"), timeout=WAIT))
        expect(error.code(), code)
        expect(error.details(), "证据 100% 不符")
        trailers = dict(error.trailing_metadata())
        expect(trailers["why"], "asked")
        expect(trailers["why-bin"], bytes([0, 255, 128]))


def status_after_messages(stub):
    call = stub.Expand(pb.EchoMessage(act="fail-after", repeat=3, code=15, text="halfway"), timeout=WAIT)
    got = []
    error = refused(lambda: [got.append(m.text) for m in call])
    expect(got, ["0", "1", "2"])
    expect(error.code(), grpc.StatusCode.DATA_LOSS)


def deadline(stub):
    error = refused(lambda: stub.Unary(pb.EchoMessage(act="hang"), timeout=0.3))
    expect(error.code(), grpc.StatusCode.DEADLINE_EXCEEDED)


def cancellation(stub):
    call = stub.Chat(iter([pb.EchoMessage(text="first"), pb.EchoMessage(act="hang")]), timeout=WAIT)
    expect(next(call).text, "first")
    call.cancel()
    expect(refused(lambda: next(call)).code(), grpc.StatusCode.CANCELLED)


def big(stub):
    payload = bytes(range(256)) * 12000
    expect(stub.Unary(pb.EchoMessage(payload=payload), timeout=WAIT).payload == payload, True)


def over_limit(stub):
    for call in (
        lambda: stub.Unary(pb.EchoMessage(payload=bytes(5 << 20)), timeout=WAIT),
        lambda: stub.Collect(iter([pb.EchoMessage(payload=bytes(5 << 20))]), timeout=WAIT),
    ):
        expect(refused(call).code(), grpc.StatusCode.RESOURCE_EXHAUSTED)
    expect(stub.Unary(pb.EchoMessage(text="still there"), timeout=WAIT).text, "still there")


def unknown_method(stub):
    call = channel.unary_unary("/grpctests.v1.Echo/Nothing")
    expect(refused(lambda: call(b"", timeout=WAIT)).code(), grpc.StatusCode.UNIMPLEMENTED)
    call = channel.unary_unary("/nobody.v1.Nothing/Unary")
    expect(refused(lambda: call(b"", timeout=WAIT)).code(), grpc.StatusCode.UNIMPLEMENTED)


def compressed(stub):
    text = "x" * 1000
    expect(stub.Unary(pb.EchoMessage(text=text), timeout=WAIT, compression=grpc.Compression.Gzip).text, text)
    error = refused(lambda: stub.Unary(pb.EchoMessage(text=text), timeout=WAIT, compression=grpc.Compression.Deflate))
    expect(error.code(), grpc.StatusCode.UNIMPLEMENTED)


def thrown(stub):
    error = refused(lambda: stub.Unary(pb.EchoMessage(act="throw", text="secret"), timeout=WAIT))
    expect(error.code(), grpc.StatusCode.UNKNOWN)
    expect("secret" in error.details(), False)


limits = [("grpc.max_send_message_length", BIG), ("grpc.max_receive_message_length", BIG)]
with grpc.insecure_channel(sys.argv[2], options=limits) as channel:
    globals()[sys.argv[3]](echo_pb2_grpc.EchoStub(channel))
