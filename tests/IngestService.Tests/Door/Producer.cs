using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Tests.Door;

/// <summary>A device with its key: makes records and seals them.</summary>
internal sealed record Producer(string Name, SigningKey Key)
{
    private ulong _sequence;

    public static RegisterRequest Registration(string name, SigningKey key) => new()
    {
        Producer = name,
        DisplayName = "test",
        PublicKey = ByteString.CopyFrom(key.Spki),
        Proof = ByteString.CopyFrom(RegistrationProof.Sign(key, name)),
    };

    public Contracts.V1.Record Status(ulong? sequence = null, ulong spoolBytes = 1) => new()
    {
        Identity = Identity(sequence),
        SourceDevice = Name,
        AgentStatus = new AgentStatus { SpoolBytes = spoolBytes },
    };

    public RecordIdentity Identity(ulong? sequence = null) => new()
    {
        Producer = Name,
        Epoch = 1,
        RecordClass = RecordClass.P2,
        Sequence = sequence ?? ++_sequence,
    };

    public byte[] Seal(Contracts.V1.Record record) => new EnvelopeSigner(Key).Seal(record);

    public byte[] SealedStatus(ulong? sequence = null, ulong spoolBytes = 1) => Seal(Status(sequence, spoolBytes));
}
