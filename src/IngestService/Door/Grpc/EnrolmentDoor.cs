using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Door.Admission;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Door.Streams;

/// <summary>
/// A producer registers its key once (enrolment.proto). The first registration is an append on the condition that there was none:
/// the sequencer decides between two that come together, and after a restart while the projection still catches up.
/// </summary>
internal sealed class EnrolmentDoor(
    IPeerIdentity peers, ProducerRegister register, IFactAppender facts, ILedgerProofs proofs, ILogger<EnrolmentDoor> log)
    : Enrolment.EnrolmentBase
{
    private const int MaxDisplayNameLength = 256;

    private static readonly string[] OwnProducers = ["clerk", "desk", "ledger", "door"];

    public override async Task<RegisterAnswer> Register(RegisterRequest request, ServerCallContext context)
    {
        if ((peers.MayRegister(context.Peer) ?? CheckRequest(request)) is { } refusal)
            throw refusal.ToRpcException();
        var publicKey = request.PublicKey.ToByteArray();
        var known = register.Find(request.Producer) ?? await RegisterFirstAsync(request, publicKey, context.CancellationToken);
        if (!known.Key.PublicKey.AsSpan().SequenceEqual(publicKey))
        {
            log.KeyChangeRefused(request.Producer);
            throw new RefusalDetail(RefusalCode.KeyChanged, $"{request.Producer} is registered with key {known.Key.KeyId}").ToRpcException();
        }
        return new RegisterAnswer
        {
            Origin = proofs.Origin,
            CheckpointVkey = proofs.VerifierKey,
            EntryIndex = known.Key.EntryIndex,
        };
    }

    private static RefusalDetail? CheckRequest(RegisterRequest request)
    {
        if (!ProducerNames.IsWellFormed(request.Producer) || OwnProducers.Contains(request.Producer, StringComparer.OrdinalIgnoreCase))
            return new RefusalDetail(RefusalCode.BadIdentity, "a producer's name is 1 to 64 of A-Z a-z 0-9 . _ - and none of the service's own");
        if (request.DisplayName.Length > MaxDisplayNameLength)
            return new RefusalDetail(RefusalCode.TooLarge, $"a display name has at most {MaxDisplayNameLength} characters");
        // Covers the key's form too: a proof cannot verify under bytes that are no P-256 key.
        return RegistrationProof.Verify(request.Producer, request.PublicKey.Span, request.Proof.Span)
            ? null
            : new RefusalDetail(RefusalCode.BadSignature, "the proof of possession does not verify under a P-256 key");
    }

    private async Task<RegisteredProducer> RegisterFirstAsync(RegisterRequest request, byte[] publicKey, CancellationToken cancellation)
    {
        var fact = new Record
        {
            SourceDevice = request.Producer,
            Sensitivity = Sensitivity.Internal,
            ProducerRegistered = new ProducerRegistered
            {
                Producer = request.Producer,
                KeyId = KeyIds.Of(publicKey),
                PublicKey = ByteString.CopyFrom(publicKey),
                DisplayName = request.DisplayName,
                How = "first-start-loopback",
            },
        };
        fact.Preconditions.Add(new StreamPrecondition { Stream = $"producer/{request.Producer}", ExpectedVersion = 0 });
        var outcome = (await facts.AppendAsync(LeafOrigin.Ledger, fact, cancellation)).Outcome;
        if (outcome.Receipt is { } receipt)
        {
            log.ProducerRegistered(request.Producer, fact.ProducerRegistered.KeyId, receipt.Index.Value);
            var key = new ProducerKey(request.Producer, fact.ProducerRegistered.KeyId, publicKey, receipt.Index.Value);
            return register.Remember(key) ?? throw new InvalidOperationException("a key whose proof verified cannot be imported");
        }

        // Someone else's registration came first; whose, is known once it is answered or projected.
        if (outcome.Refusal is { Code: RefusalCode.Conflict })
        {
            return register.Find(request.Producer)
                ?? throw new RefusalDetail(RefusalCode.Busy, $"{request.Producer} is being registered; ask again").ToRpcException();
        }
        throw outcome.Refusal!.ToRpcException(); // an outcome is exactly one of the two
    }
}
