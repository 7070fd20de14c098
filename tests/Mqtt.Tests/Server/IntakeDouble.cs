using System.Buffers;
using System.Text;
using EdgeEnforcement.Mqtt.Server;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Server;

/// Takes every topic that begins with "keep/", and answers when the test says so.
internal sealed class IntakeDouble : IPublishIntake
{
    private readonly Lock _gate = new();
    private readonly List<(string Payload, IntakeTicket Ticket)> _held = [];
    private readonly List<string> _taken = [];
    private ulong _kept;

    /// Answered at once while false.
    public bool IsHolding { get; set; }

    /// What becomes of a payload; by default it is kept.
    public Func<string, IntakeAnswer?> Answer { get; set; } = _ => null;

    public int RememberedCount { get; private set; }

    public ulong Bookmark => 0;

    public IReadOnlyList<string> Taken
    {
        get
        {
            lock (_gate)
                return [.. _taken];
        }
    }

    public bool Takes(ReadOnlySpan<byte> topic) => topic.StartsWith("keep/"u8);

    public IIntakeSession Open(MqttPeer peer, SessionHandle session, MqttVersion version) => new Session(this);

    /// Answers one that is held.
    public void Release(string payload)
    {
        (string, IntakeTicket Ticket) found;
        lock (_gate)
        {
            found = _held.Single(h => h.Payload == payload);
            _held.Remove(found);
        }
        Complete(payload, found.Ticket);
    }

    public void Fail(string payload)
    {
        lock (_gate)
        {
            var found = _held.Single(h => h.Payload == payload);
            _held.Remove(found);
            found.Ticket.Fail();
            found.Ticket.Wake();
        }
    }

    public void ReleaseAll()
    {
        IsHolding = false;
        (string Payload, IntakeTicket Ticket)[] held;
        lock (_gate)
        {
            held = [.. _held];
            _held.Clear();
        }
        foreach (var (payload, ticket) in held)
            Complete(payload, ticket);
    }

    private void Complete(string payload, IntakeTicket ticket)
    {
        ticket.Complete(Answer(payload) ?? new IntakeAnswer(ReasonCode.Success, IsKept: true, Interlocked.Increment(ref _kept)));
        ticket.Wake();
    }

    private sealed class Session(IntakeDouble intake) : IIntakeSession
    {
        public ValueTask TakeAsync(in IntakePublish publish, IntakeTicket ticket, CancellationToken cancellation)
        {
            var payload = Encoding.UTF8.GetString(publish.Payload);
            lock (intake._gate)
            {
                intake._taken.Add(payload);
                if (intake.IsHolding)
                {
                    intake._held.Add((payload, ticket));
                    return ValueTask.CompletedTask;
                }
            }
            intake.Complete(payload, ticket);
            return ValueTask.CompletedTask;
        }

        public void Remembered(ulong keptAt) => intake.RememberedCount++;

        public ValueTask CloseAsync() => ValueTask.CompletedTask;
    }
}
