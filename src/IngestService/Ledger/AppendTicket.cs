namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>A caller's claim on an outcome. Completed by the sequencer after the flush, outside any lock.</summary>
internal sealed class AppendTicket
{
    private readonly TaskCompletionSource<AppendOutcome> _outcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<AppendOutcome> Outcome => _outcome.Task;

    internal void Complete(AppendOutcome outcome) => _outcome.TrySetResult(outcome);

    internal void Fail(Exception cause) => _outcome.TrySetException(cause);
}
