using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Tests.Topics;

/// <summary>Names and filters from few words, so that they meet.</summary>
internal sealed class TopicMaker(Random random)
{
    private static readonly string[] Words = ["a", "b", "c", "", "$x", "河", "d", "e", "f", "g", "h", "i"];

    public string Name()
    {
        while (true)
        {
            var name = Join(() => Words[random.Next(random.Next(2) == 0 ? 3 : Words.Length)]);
            if (name.Length > 0)
                return name;
        }
    }

    public string Filter()
    {
        while (true)
        {
            var filter = Join(() => random.Next(4) == 0 ? "+" : Words[random.Next(random.Next(2) == 0 ? 3 : Words.Length)]);
            if (random.Next(5) == 0)
                filter += filter.Length == 0 ? "#" : "/#";
            if (filter.Length > 0)
                return random.Next(6) == 0 ? $"$share/g{random.Next(2)}/{filter}" : filter;
        }
    }

    public static string Inner(string filter) => TopicRules.TrySplitShared(filter, out _, out var inner) ? inner.ToString() : filter;

    private string Join(Func<string> level) => string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => level()));
}
