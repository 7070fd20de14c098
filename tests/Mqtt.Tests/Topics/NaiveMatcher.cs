namespace EdgeEnforcement.Mqtt.Tests.Topics;

/// <summary>Section 4.7 once more, written as it reads and without regard for speed: the oracle.</summary>
internal static class NaiveMatcher
{
    public static bool Matches(string filter, string topic)
    {
        if (topic.StartsWith('$') && (filter.StartsWith('#') || filter.StartsWith('+')))
            return false;
        return Matches(filter.Split('/'), topic.Split('/'));
    }

    private static bool Matches(string[] filter, string[] topic)
    {
        if (filter.Length == 0)
            return topic.Length == 0;
        if (filter[0] == "#")
            return true;
        return topic.Length > 0 && (filter[0] == "+" || filter[0] == topic[0]) && Matches(filter[1..], topic[1..]);
    }
}
