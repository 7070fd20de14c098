using System.Collections.Concurrent;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions.Model;

/// What the broker sends, in the order of the wire.
internal sealed class ModelLink(Func<DateTimeOffset> now) : ISessionLink
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<ModelEvent> _events = new();

    public bool IsBusy { get; set; }

    public bool HasEvents => !_events.IsEmpty;

    public TimeSpan SilentFor => TimeSpan.Zero;

    public Task Drained => _drained.Task;

    public bool TryTake(out ModelEvent taken) => _events.TryDequeue(out taken);

    public void Deliver(in Delivery delivery) => _events.Enqueue(new ModelEvent(delivery, 0, now()));

    public void Release(ushort packetId, ReasonCode reason) => _events.Enqueue(new ModelEvent(null, packetId, now()));

    public void TakenOver() => _drained.TrySetResult();
}
