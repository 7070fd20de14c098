using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Cases.Registers;

/// <summary>
/// One act on the registers at a time. A rule looks at more than its subject (the tree above a unit, the serials of all devices), so two
/// acts that pass each by itself may break it together: each decides on everything the one before it wrote. The stream's version holds the
/// same line in the ledger, whoever writes.
/// </summary>
internal sealed class RegisterTurn(
    IProducerMarks marks, ILedgerReader ledger, IProjectionFeed feed, IRegisterQueries registers, IFactAppender appender, TimeProvider time) : IDisposable
{
    public const string Stream = "register";

    private readonly SemaphoreSlim _turn = new(1, 1); // held from the first look to the receipt

    /// <summary>Now, in the ledger's unit; not before what is written already, as the ledger's own time is not.</summary>
    public long NowMicros => Math.Max(Micros.Now(time), registers.Book.LatestMicros);

    public IRegisterQueries Registers => registers;

    public ILedgerReader Ledger => ledger;

    /// <summary>Runs the act when the registers show everything that was ever acknowledged.</summary>
    public async Task<T> RunAsync<T>(Func<RegisterStand, Task<T>> act, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            // Nobody else moves the stream while the turn is ours, and what moved it before is durable: an act ends with its receipt.
            ulong version = marks.StreamVersion(Stream);
            await feed.WaitForAsync(ledger.DurableSize, cancellation);
            return await act(new RegisterStand(registers.Book, new RegisterDecider(registers.Book, registers, NowMicros), version));
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<RegisterActResult> AppendAsync(Record fact, CancellationToken cancellation)
    {
        FactOutcome appended = await appender.AppendAsync(LeafOrigin.Operator, fact, cancellation);
        return appended.Outcome.Receipt is { } receipt
            ? new RegisterActResult(receipt, null)
            : RegisterActResult.Refused(appended.Outcome.Refusal!); // exactly one of the two is set
    }

    public void Dispose() => _turn.Dispose();
}
