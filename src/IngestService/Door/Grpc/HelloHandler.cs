using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Door.Admission;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Door.Streams;

/// <summary>The first message of a stream: who speaks, under which epoch, and what the ledger already holds.</summary>
internal sealed class HelloHandler(
    IPeerIdentity peers, ProducerRegister register, IProducerMarks marks, ILedgerProofs proofs, IOptions<DoorOptions> options)
{
    private readonly KnownProducerRule _known = new(register);
    private readonly uint _window = (uint)options.Value.WindowEnvelopes;

    /// <summary>Null: the stream may go on, with producer and answer.</summary>
    public RefusalDetail? Greet(Hello hello, string peer, out RegisteredProducer? producer, out HelloAnswer? answer)
    {
        (producer, answer) = (null, null);
        if (peers.MaySpeakFor(peer, hello.Producer) is { } stranger)
            return stranger;
        if (_known.Check(hello.Producer, out producer) is { } unknown)
            return unknown;
        if (marks.ConfirmEpoch(hello.Producer, hello.Epoch, hello.NewEpoch) is not { } epoch)
            return new RefusalDetail(RefusalCode.StaleEpoch, $"epoch {hello.Epoch} is not the current one");

        answer = new HelloAnswer
        {
            Epoch = epoch,
            Window = _window,
            Origin = proofs.Origin,
            CheckpointVkey = proofs.VerifierKey,
        };
        answer.Known.AddRange(marks.Marks(hello.Producer, epoch));
        return null;
    }
}
