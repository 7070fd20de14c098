using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// A receipt, refusal or proof on its way to the disk.
internal sealed class ReceiptTicket(ReceiptKind kind, RecordKey key, IMessage body)
{
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReceiptKind Kind { get; } = kind;

    public RecordKey Key { get; } = key;

    public IMessage Body { get; } = body;

    public Task Durable => _durable.Task;

    public void Complete() => _durable.TrySetResult();

    public void Fail(Exception cause) => _durable.TrySetException(cause);
}
