using System.Reflection;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.Architecture.Tests;

public sealed class LogEventTests
{
    private static readonly (string Assembly, int First, int Last)[] Ranges =
        [("EdgeEnforcement.Mqtt", 1100, 1149), ("ingest", 1000, 6999), ("edge-agent", 7000, 7999), ("console", 8000, 8999)];

    [Fact]
    public void Every_log_event_has_a_number_of_its_own_in_its_range()
    {
        var all = new HashSet<int>();
        foreach (var (assembly, first, last) in Ranges)
        {
            var events = Assembly.Load(assembly).GetTypes()
                .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Select(method => (method, attribute: method.GetCustomAttribute<LoggerMessageAttribute>()))
                .Where(pair => pair.attribute is not null)
                .ToList();

            Assert.NotEmpty(events);
            foreach (var (method, attribute) in events)
            {
                var where = $"{assembly}: {method.DeclaringType!.Name}.{method.Name}";
                Assert.True(attribute!.EventId >= first && attribute.EventId <= last, $"{where} has {attribute.EventId}, outside {first}..{last}");
                Assert.True(all.Add(attribute.EventId), $"{where} repeats {attribute.EventId}");
            }
        }
    }
}
