using System.Net;
using System.Security.Cryptography;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Server;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>
/// Access by the rules file. Beyond it, whatever the rules say: nobody but the service publishes below <c>ee/v1/</c> except to a device's <c>up</c>, and nobody
/// publishes to a topic that begins with <c>$</c>.
/// </summary>
internal sealed class DoorAccess(AccessRules rules) : IMqttAccess
{
    public ConnectDecision Connect(ConnectRequest request)
    {
        if (rules.Rules.FirstOrDefault(r => r.IsFor(request.ClientId)) is not { } rule)
            return ConnectDecision.Refuse(ReasonCode.NotAuthorized);
        if (rule.CertificateSha256 is { } fingerprint
            && !string.Equals(request.Certificate?.GetCertHashString(HashAlgorithmName.SHA256), fingerprint, StringComparison.OrdinalIgnoreCase))
            return ConnectDecision.Refuse(ReasonCode.NotAuthorized);
        if (rule.UserName is { } user && !string.Equals(user, request.UserName, StringComparison.Ordinal))
            return ConnectDecision.Refuse(ReasonCode.BadUserNameOrPassword);
        if (rule.Password is not null && !rule.IsPassword(request.Password.GetValueOrDefault().Span))
            return ConnectDecision.Refuse(ReasonCode.BadUserNameOrPassword);
        return ConnectDecision.Admit(new DoorPeer(
            request.ClientId, AddressOf(request.Remote), For(rule.Publish, request.ClientId), For(rule.Subscribe, request.ClientId))
        {
            Gateway = GatewayOf(rule, request),
        });
    }

    public bool MayPublish(MqttPeer peer, string topic)
    {
        if (topic.StartsWith('$'))
            return false;
        if (topic.StartsWith(DeviceTopic.Root, StringComparison.Ordinal) && !DeviceTopic.IsUp(System.Text.Encoding.UTF8.GetBytes(topic)))
            return false;
        foreach (var filter in ((DoorPeer)peer).PublishFilters) // every peer was made here
            if (TopicFilter.Matches(filter, topic))
                return true;
        return false;
    }

    public bool MaySubscribe(MqttPeer peer, string filter)
    {
        foreach (var granted in ((DoorPeer)peer).SubscribeFilters)
            if (TopicFilter.Covers(granted, filter))
                return true;
        return false;
    }

    /// A client id that would be more than one level, or a wildcard, has no topics of its own.
    private static List<string> For(IReadOnlyList<string> filters, string clientId)
    {
        var isLevel = clientId.AsSpan().IndexOfAny("/+#") < 0;
        return [.. filters
            .Where(filter => isLevel || !filter.Contains(AccessRule.ClientPlace, StringComparison.Ordinal))
            .Select(filter => filter.Replace(AccessRule.ClientPlace, clientId, StringComparison.Ordinal))];
    }

    /// Presence is of devices: clients that come again under a name that is one.
    private static string? GatewayOf(AccessRule rule, ConnectRequest request) =>
        rule.HasPresence && !request.IsAssigned && ProducerNames.IsWellFormed(request.ClientId)
            ? rule.Gateway ?? (request.Remote as IPEndPoint)?.Address.ToString() ?? "unknown"
            : null;

    private static string AddressOf(EndPoint? remote) => remote is IPEndPoint { Address: var address } end
        ? (address.IsIPv4MappedToIPv6 || address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? "ipv4:" : "ipv6:") + end
        : "unknown:";
}
