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

    /// <summary>Throws the call's end when the stream may not go on.</summary>
    public (RegisteredProducer Producer, HelloAnswer Answer) Greet(Hello hello, string peer)
    {
        if (peers.MaySpeakFor(peer, hello.Producer) is { } stranger)
            throw stranger.ToRpcException();
        if (_known.Check(hello.Producer, out var producer) is { } unknown)
            throw unknown.ToRpcException();
        if (marks.ConfirmEpoch(hello.Producer, hello.Epoch, hello.NewEpoch) is not { } epoch)
            throw new RefusalDetail(RefusalCode.StaleEpoch, $"epoch {hello.Epoch} is not the current one").ToRpcException();

        var answer = new HelloAnswer
        {
            Epoch = epoch,
            Window = _window,
            Origin = proofs.Origin,
            CheckpointVkey = proofs.VerifierKey,
        };
        answer.Known.AddRange(marks.Marks(hello.Producer, epoch));
        return (producer!, answer); // the rule has passed
    }
}
