using EdgeEnforcement.Mqtt.Sessions.State;

namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// <summary>
/// Answers of receivers. Only PUBREC forces a flush: if PUBREL went out and a power cut took the record of PUBREC, the message would be
/// sent again to a receiver that has already forgotten its packet id, and arrive twice. PUBACK and PUBCOMP lost in a power cut cost a
/// repetition that the receiver expects.
/// </summary>
internal sealed class Answers(BrokerCore core)
{
    public void Take(SessionHandle handle, ushort packetId, AnswerKind kind, ReasonCode reason)
    {
        if (BrokerCore.Current(handle) is not { } session)
            return;
        var entry = session.Queue.Find(packetId);
        switch (kind)
        {
            case AnswerKind.Puback when entry is { QoS: QoS.AtLeastOnce }:
                Finish(session, entry, reason);
                break;
            case AnswerKind.Pubrec when entry is { QoS: QoS.ExactlyOnce, State: OutgoingState.Sent } && reason >= ReasonCode.UnspecifiedError:
                Finish(session, entry, reason);
                break;
            case AnswerKind.Pubrec when entry is { QoS: QoS.ExactlyOnce }:
                Record(session, entry);
                break;
            case AnswerKind.Pubrec:
                // Unknown: told so, and the exchange is over (5.0, section 4.3.3; 3.1.1 knows no codes and gets a plain PUBREL).
                if (session.Link is { } link)
                    core.Outbox.Release(link, packetId, ReasonCode.PacketIdentifierNotFound);
                break;
            case AnswerKind.Pubcomp when entry is { State: OutgoingState.Released }:
                Finish(session, entry, ReasonCode.Success);
                break;
            case AnswerKind.Puback or AnswerKind.Pubcomp:
                break; // a late answer to what was answered or handed over before
        }
    }

    private void Finish(Session session, Outgoing entry, ReasonCode reason)
    {
        if (session.IsDurable)
            core.Facts.Finished(session, entry.PacketId);
        core.Take(session, entry);
        if (reason >= ReasonCode.UnspecifiedError)
            core.Metrics.Dropped(DropCause.Rejected); // not offered to anybody else [MQTT5-4.8.2-6]
    }

    private void Record(Session session, Outgoing entry)
    {
        if (entry.State != OutgoingState.Released)
        {
            session.Queue.Release(entry);
            if (session.IsDurable)
            {
                core.Facts.Recorded(session, entry.PacketId);
                core.Log.MustFlush = true;
            }
        }
        if (session.Link is { } link)
            core.Outbox.Release(link, entry.PacketId, ReasonCode.Success);
    }
}
