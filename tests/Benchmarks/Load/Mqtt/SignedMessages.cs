using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Grpc.Net.Client;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>
/// Signed envelopes of one producer, all made before the first is sent: an ECDSA signature costs more than everything else a driver does with
/// a message. The producer is new at every start, so its numbers begin at 1 in epoch 1.
/// </summary>
internal sealed class SignedMessages : ILoadMessages
{
    private readonly LoadPacket[] _packets;

    private SignedMessages(LoadPacket[] packets)
    {
        _packets = packets;
        MaximumLength = packets.Max(packet => packet.Bytes.Length);
    }

    public int MaximumLength { get; }

    public static string Topic(int number) => $"ee/v1/{Producer(number)}/up";

    public static string Down(int number) => $"ee/v1/{Producer(number)}/down";

    /// <summary>Registers a producer for each connection and signs what they will send, on all cores.</summary>
    public static IReadOnlyList<SignedMessages> Create(MqttLoadOptions options, long messagesEach)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{options.GrpcPort}");
        var enrolment = new Enrolment.EnrolmentClient(channel);
        var all = new SignedMessages[options.Connections];
        Parallel.For(0, options.Connections, number =>
        {
            using var key = SigningKey.Create();
            enrolment.Register(new RegisterRequest
            {
                Producer = Producer(number),
                PublicKey = ByteString.CopyFrom(key.Spki),
                Proof = ByteString.CopyFrom(RegistrationProof.Sign(key, Producer(number))),
            });
            all[number] = Sign(options, number, new EnvelopeSigner(key), messagesEach);
        });
        return all;
    }

    public int Write(long number, Span<byte> target, ushort packetId, long stamp) => _packets[number].Write(target, packetId);

    private static SignedMessages Sign(MqttLoadOptions options, int number, EnvelopeSigner signer, long count)
    {
        var packets = new LoadPacket[count];
        for (var i = 0; i < count; i++)
        {
            // An alert is P0, readings that no alert quotes are P2.
            var (record, recordClass) = options.Body == LoadBody.Readings
                ? (ReportLoad.Readings(i), RecordClass.P2)
                : (ReportLoad.Alert(i), RecordClass.P0);
            record.Identity = new RecordIdentity { Producer = Producer(number), Epoch = 1, RecordClass = recordClass, Sequence = (ulong)i + 1 };
            packets[i] = LoadPacket.Publish(options.Version, Topic(number), qos: 1, signer.Seal(record));
        }
        return new SignedMessages(packets);
    }

    private static string Producer(int number) => $"bench-{Environment.ProcessId}-{number}";
}
