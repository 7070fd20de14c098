namespace EdgeEnforcement.Mqtt.Client;

/// <summary>A publish and its ticket. State and identifier belong to the window.</summary>
internal sealed class OutgoingMessage(ApplicationMessage message)
{
    private readonly TaskCompletionSource<PublishResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ApplicationMessage Message { get; } = message;

    public ushort PacketId { get; set; }

    public OutgoingState State { get; set; }

    public Task<PublishResult> Ticket => _result.Task;

    public void Finish(PublishResult result) => _result.SetResult(result);
}
