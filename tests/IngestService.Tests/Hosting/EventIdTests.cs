using System.Reflection;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.IngestService.Tests.Hosting;

public sealed class EventIdTests
{
    private static readonly (string Namespace, int First, int Last)[] Ranges =
    [
        ("EdgeEnforcement.IngestService.Hosting", 1000, 1099), ("EdgeEnforcement.IngestService.Ledger", 2000, 2999),
    ];

    private static IEnumerable<(MethodInfo Method, LoggerMessageAttribute Message)> Messages =>
        from type in typeof(Program).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        let message = method.GetCustomAttribute<LoggerMessageAttribute>()
        where message is not null
        select (method, message);

    [Fact]
    public void No_two_messages_share_an_id_or_a_name()
    {
        Assert.NotEmpty(Messages);
        Assert.Empty(Messages.GroupBy(m => m.Message.EventId).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(Messages, m => Assert.False(string.IsNullOrEmpty(m.Message.EventName), m.Method.Name));
        Assert.Empty(Messages.GroupBy(m => m.Message.EventName).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void Each_module_stays_in_its_range()
    {
        foreach (var (space, first, last) in Ranges)
            Assert.All(Messages.Where(m => m.Method.DeclaringType!.Namespace == space), m => Assert.InRange(m.Message.EventId, first, last));
    }
}
