using EdgeEnforcement.Mqtt.Codec;
using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>SUBSCRIBE and UNSUBSCRIBE of one client: access filter by filter, the rest to the broker. Called by the reading loop.</summary>
internal sealed class SubscriptionHandler(MqttServerParts parts, ConnectionTerms terms, AnswerQueue answers)
{
    /// <summary>Returns when it is decided: what was granted is in force before the client's next packet is looked at.</summary>
    public async ValueTask SubscribeAsync(SubscribePacket packet, CancellationToken cancellation)
    {
        var ticket = answers.Add(AnswerType.Suback, packet.PacketId);
        try
        {
            var reasons = new ReasonCode[packet.Entries.Count];
            var allowed = new List<SubscriptionRequest>(reasons.Length);
            for (var i = 0; i < reasons.Length; i++)
            {
                reasons[i] = Check(packet.Entries[i].Filter);
                if (reasons[i] == ReasonCode.Success)
                    allowed.Add(new SubscriptionRequest(packet.Entries[i].Filter, packet.Entries[i].Options, packet.SubscriptionIdentifier ?? 0));
            }
            if (allowed.Count > 0)
            {
                var granted = await parts.Broker.SubscribeAsync(terms.Session, allowed, cancellation);
                var next = 0;
                for (var i = 0; i < reasons.Length; i++)
                    if (reasons[i] == ReasonCode.Success)
                        reasons[i] = granted[next++];
            }
            ticket.Complete(reasons);
            ticket.Wake();
        }
        catch
        {
            ticket.Fail();
            ticket.Wake();
            throw;
        }
    }

    public async ValueTask UnsubscribeAsync(UnsubscribePacket packet, CancellationToken cancellation)
    {
        var ticket = answers.Add(AnswerType.Unsuback, packet.PacketId);
        try
        {
            ticket.Complete(await parts.Broker.UnsubscribeAsync(terms.Session, packet.Filters, cancellation));
            ticket.Wake();
        }
        catch
        {
            ticket.Fail();
            ticket.Wake();
            throw;
        }
    }

    private ReasonCode Check(string filter)
    {
        if (!TopicRules.IsWithinDepth(filter))
            return ReasonCode.TopicFilterInvalid;
        var matched = TopicRules.IsShared(filter) ? filter[(filter.IndexOf('/', "$share/".Length) + 1)..] : filter;
        return parts.Access.MaySubscribe(terms.Peer, matched) ? ReasonCode.Success : ReasonCode.NotAuthorized;
    }
}
