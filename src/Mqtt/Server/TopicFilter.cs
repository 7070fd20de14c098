using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>Topic filters for who writes rules about them (section 4.7). Shared filters are none.</summary>
public static class TopicFilter
{
    public static bool IsValid(string filter) => TopicRules.IsFilter(filter) && !TopicRules.IsShared(filter) && TopicRules.IsWithinDepth(filter);

    public static bool Matches(string filter, string topic) => TopicRules.Matches(filter, topic);

    /// <summary>Whether every topic that <paramref name="asked"/> matches is matched by <paramref name="filter"/>.</summary>
    public static bool Covers(string filter, string asked)
    {
        // [MQTT5-4.7.2-1]: a wildcard in front matches no topic that begins with $.
        if (asked.StartsWith('$') && !filter.StartsWith('$'))
            return false;
        var granted = filter.Split('/');
        var wanted = asked.Split('/');
        for (var level = 0; level < granted.Length; level++)
        {
            if (granted[level] == "#")
                return true;
            if (level == wanted.Length || wanted[level] == "#")
                return false;
            if (granted[level] != "+" && granted[level] != wanted[level])
                return false;
        }
        return wanted.Length == granted.Length;
    }
}
