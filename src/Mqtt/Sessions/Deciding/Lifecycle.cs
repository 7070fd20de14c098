using System.Security.Cryptography;
using EdgeEnforcement.Mqtt.Sessions.Commands;
using EdgeEnforcement.Mqtt.Sessions.State;

namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// <summary>
/// Sessions come, change hands, go offline and end (5.0, sections 3.1.2.4, 3.1.2.5, 3.1.4, 4.1).
///
/// A take-over is two passes of one opening: the first tells the old link and lets it drain, its handle still valid; the second makes
/// that handle stale and opens. What the old connection's end means is decided by the second pass, so that no "offline" comes in between;
/// by <see cref="Abandon"/> if that never comes. An old will is sent at a take-over if its delay is 0 or the session ends with it,
/// else it is cancelled [MQTT5-3.1.3-9].
/// </summary>
internal sealed class Lifecycle(BrokerCore core)
{
    // A heartbeat decides so many deadlines; the rest is due at the next. 100,000 sessions may expire in one second.
    private const int DeadlinesPerTick = 10_000;

    private const int MaximumClientIdBytes = 65_535;

    public OpenAnswer Open(OpenCommand command)
    {
        var request = command.Request;
        Uncount(command.Opening);
        if (Refusal(request) is { } refusal)
            return Refused(refusal);
        var existing = request.ClientId.Length == 0 ? null : core.State.Find(request.ClientId);
        if (existing?.Link is { } old && !ReferenceEquals(old, command.Opening.Drained))
            return BeginTakeOver(existing, old, command.Opening);

        if (existing is not null)
            existing = EndPrevious(existing, request.CleanStart);
        if (existing is null && core.State.Sessions.Count >= core.Options.MaximumSessions)
            return Refused(ReasonCode.QuotaExceeded);
        return Connect(existing, command);
    }

    private ReasonCode? Refusal(SessionRequest request)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(request.ClientId) > MaximumClientIdBytes)
            return ReasonCode.ClientIdentifierNotValid;
        return request.Will is { } will && StoredMessage.SizeOf(will.Message) > core.Options.MaximumMessageBytes ? ReasonCode.PacketTooLarge : null;
    }

    private OpenAnswer Refused(ReasonCode reason)
    {
        core.Metrics.Refused(reason);
        return new OpenAnswer(new SessionOpened { Reason = reason }, null);
    }

    private OpenAnswer BeginTakeOver(Session session, ISessionLink old, Opening opening)
    {
        session.Openers++;
        opening.CountedOn = session;
        if (!session.IsLeaving)
        {
            session.IsLeaving = true;
            core.Parking.End(session);
            core.Outbox.TakenOver(old);
        }
        return new OpenAnswer(null, old);
    }

    /// The session to go on with; null if it has ended.
    private Session? EndPrevious(Session session, bool isCleanStart)
    {
        if (isCleanStart || !session.IsDurable)
        {
            End(session);
            return null;
        }
        if (session is { Will: { DelaySeconds: 0 } will, IsConnectedOrUndecided: true } && session.ClosedAs != CloseReason.ServerShutdown)
            core.Publishing.PublishWill(session, will);
        session.Will = null;
        core.Parking.End(session);
        return session;
    }

    private OpenAnswer Connect(Session? existing, OpenCommand command)
    {
        var request = command.Request;
        var version = core.NextVersion();
        var session = existing ?? Create(request, version);
        session.Handle = new SessionHandle(session, version);
        session.Link = command.Link;
        session.Protocol = request.Version;
        session.Window = Math.Clamp((int)request.ReceiveMaximum, 1, DeliveryPump.MaximumWindow);
        session.IsStarted = session.IsLeaving = false;
        session.ClosedAs = null;
        (session.KeepAliveSeconds, session.Gateway) = (request.KeepAliveSeconds, request.Gateway);
        session.ExpirySeconds = Math.Min(request.ExpirySeconds, core.Options.MaximumSessionExpirySeconds);
        session.Will = request.Will;
        core.State.SetExpiry(session, StoredMessage.Never);
        core.State.SetWillDue(session, StoredMessage.Never);
        session.Queue.Rewind();
        session.IsLogged |= session.IsDurable || session.Will is not null;
        if (session.IsLogged)
        {
            core.Facts.SessionOpened(session);
            core.Log.MustFlush = true;
        }
        core.Outbox.Presence(PresenceOf(session, null));
        return new OpenAnswer(
            new SessionOpened
            {
                Reason = ReasonCode.Success,
                Session = session.Handle,
                IsPresent = existing is not null,
                ExpirySeconds = session.ExpirySeconds,
                Received = [.. session.Received],
            },
            null);
    }

    private static PresenceChange PresenceOf(Session session, CloseReason? why) =>
        new(session.ClientId, session.Handle!.Version, IsOnline: why is null, why) // it is or was connected
        {
            SessionNumber = session.Number, KeepAliveSeconds = session.KeepAliveSeconds, Gateway = session.Gateway, HeardAt = session.HeardAt,
        };

    /// A session's number is the version of its first connection. An assigned id has 96 random bits: nobody guesses it to take it over.
    private Session Create(SessionRequest request, ulong version)
    {
        var clientId = request.ClientId.Length > 0 ? request.ClientId : $"auto-{version:x}-{RandomNumberGenerator.GetHexString(24, lowercase: true)}";
        var session = new Session(clientId, version);
        core.State.Add(session);
        return session;
    }

    private static void Uncount(Opening opening)
    {
        if (opening.CountedOn is not { } session)
            return;
        session.Openers--;
        opening.CountedOn = null;
    }

    public void Abandon(Opening opening)
    {
        var session = opening.CountedOn;
        Uncount(opening);
        if (session is { IsEnded: false, Openers: 0, Link: null, ClosedAs: { } why } && why != CloseReason.ServerShutdown)
            GoOffline(session, why);
    }

    public void Close(SessionHandle handle, CloseReason why, uint? newExpirySeconds)
    {
        if (BrokerCore.Current(handle) is not { Link: not null } session)
            return;
        if (newExpirySeconds is { } seconds && session.IsDurable) // 0 stays 0: a protocol error the server has refused (section 3.14.2.2.2)
            session.ExpirySeconds = Math.Min(seconds, core.Options.MaximumSessionExpirySeconds);
        if (why == CloseReason.Disconnected)
            session.Will = null;
        core.Parking.End(session);
        session.HeardAt = core.Now - (long)session.Link.SilentFor.TotalMilliseconds;
        session.Link = null;
        session.ClosedAs = why;
        if (why == CloseReason.ServerShutdown)
            core.Outbox.Presence(PresenceOf(session, why));
        else if (session.Openers == 0)
            GoOffline(session, why);
    }

    private void GoOffline(Session session, CloseReason why)
    {
        session.ClosedAs = null;
        session.IsLeaving = session.IsStarted = false;
        core.Outbox.Presence(PresenceOf(session, why));
        if (!session.IsDurable)
        {
            End(session);
            return;
        }
        if (session.Will is { DelaySeconds: 0 } will)
        {
            session.Will = null;
            core.Publishing.PublishWill(session, will);
        }
        session.Queue.Rewind();
        SetDeadlines(session);
        core.Facts.SessionClosed(session);
        core.Log.MustFlush = true;
        core.Sharing.WentOffline(session);
    }

    private void SetDeadlines(Session session)
    {
        core.State.SetExpiry(
            session, session.ExpirySeconds == uint.MaxValue ? StoredMessage.Never : core.Now + (session.ExpirySeconds * 1000L));
        core.State.SetWillDue(session, session.Will is { } will ? core.Now + (will.DelaySeconds * 1000L) : StoredMessage.Never);
    }

    /// With the last run the connections ended, at an instant nobody knows: deadlines count from now. Who comes back before the first
    /// heartbeat keeps its will from being sent.
    public void AfterRestart(IEnumerable<Session> online)
    {
        foreach (var session in online)
            SetDeadlines(session);
    }

    private void End(Session session)
    {
        core.Parking.End(session);
        core.Sharing.Ended(session);
        if (session.IsLogged)
        {
            core.Facts.SessionEnded(session);
            core.Log.MustFlush = true;
        }
        core.State.Remove(session);
        session.Link = null;
        core.Parking.RoomWasMade = true;
        if (session.Will is { } will)
            core.Publishing.PublishWill(session, will); // the session's end is the latest instant for it [MQTT5-3.1.2-8]
        session.Will = null;
    }

    public void Tick(long now)
    {
        for (var i = 0; i < DeadlinesPerTick && core.State.FirstDue(now) is { } due; i++)
        {
            if (due.Subject is StoredMessage message)
                core.State.RemoveRetained(message.Content.Topic); // no fact: its expiry is in the log
            else if (due is { Kind: DeadlineKind.Will, Subject: Session absent })
                SendDueWill(absent);
            else if (due.Subject is Session expired)
                End(expired);
            core.Log.AppendIfLarge();
        }
        core.Parking.RoomWasMade = true;
        core.Log.MustFlush = true;
    }

    private void SendDueWill(Session session)
    {
        if (session.Will is { } will)
            core.Publishing.PublishWill(session, will);
        session.Will = null;
        core.State.SetWillDue(session, StoredMessage.Never);
        core.Facts.WillDone(session);
    }
}
