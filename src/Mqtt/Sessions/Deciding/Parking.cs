using EdgeEnforcement.Mqtt.Sessions.Commands;
using EdgeEnforcement.Mqtt.Sessions.State;

namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// <summary>
/// Publishes of 3.1.1 clients that wait for room. Bounded by the connections: each stops reading when its window is full. They are tried
/// again, in order for each client, when room was made anywhere, and at every heartbeat.
/// </summary>
internal sealed class Parking(BrokerCore core)
{
    private readonly List<Session> _sessions = [];

    public bool RoomWasMade { get; set; }

    public void Park(Session from, PublishCommand command)
    {
        command.Park();
        from.Parked ??= new Queue<PublishCommand>();
        if (from.Parked.Count == 0)
            _sessions.Add(from);
        from.Parked.Enqueue(command);
    }

    public void Retry()
    {
        if (!RoomWasMade)
            return;
        RoomWasMade = false;
        _sessions.RemoveAll(TakeAllThatFits);
    }

    /// True when nothing of this session waits any more.
    private bool TakeAllThatFits(Session session)
    {
        while (session.Parked!.TryPeek(out var command)) // set for every session in the list
        {
            if (!command.IsGivenUp)
            {
                if (core.Publishing.TryTake(session, command) is not { } outcome)
                    return false;
                command.Answer(outcome);
            }
            core.DecidedLate.Add(command);
            session.Parked.Dequeue();
            core.Log.AppendIfLarge();
        }
        return true;
    }

    /// The connection is going: nothing of these was kept.
    public void End(Session session)
    {
        if (session.Parked is not { Count: > 0 } parked)
            return;
        while (parked.TryDequeue(out var command))
        {
            command.Answer(new PublishOutcome(ReasonCode.SessionTakenOver, 0));
            core.DecidedLate.Add(command);
        }
        _sessions.Remove(session);
    }

    public void Fail(Exception cause)
    {
        foreach (var session in _sessions)
            while (session.Parked!.TryDequeue(out var command)) // set for every session in the list
                command.Fail(cause);
        _sessions.Clear();
    }
}
