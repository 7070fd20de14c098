using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// A caller's claim on a record that is on its way to the disk.
internal sealed class SpoolTicket(Record record)
{
    private readonly TaskCompletionSource<SpooledRecord> _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// The spool sets the identity and signs: a record must not be changed after it was handed over.
    public Record Record { get; } = record;

    /// Set by the spool's thread between staging and completion.
    public SpooledRecord? Staged { get; set; }

    public Task<SpooledRecord> Durable => _durable.Task;

    public void Complete() => _durable.TrySetResult(Staged ?? throw new InvalidOperationException("Completed before it was staged."));

    public void Fail(Exception cause) => _durable.TrySetException(cause);
}
