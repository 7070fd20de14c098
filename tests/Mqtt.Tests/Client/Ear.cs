using System.Collections.Concurrent;
using EdgeEnforcement.Mqtt.Client;

namespace EdgeEnforcement.Mqtt.Tests.Client;

/// <summary>A listener that keeps what it hears; a test may make it wait or fail.</summary>
internal sealed class Ear : IMqttListener
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<ApplicationMessage> _messages = [];
    private readonly ConcurrentQueue<DisconnectCause> _causes = [];
    private readonly ConcurrentQueue<bool> _connections = [];

    public Func<ApplicationMessage, Task> OnTake { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<ApplicationMessage> Messages => [.. _messages];

    public IReadOnlyList<DisconnectCause> Causes => [.. _causes];

    /// <summary>One for each connection: whether the session was present.</summary>
    public IReadOnlyList<bool> Connections => [.. _connections];

    public void Connected(bool sessionPresent) => _connections.Enqueue(sessionPresent);

    public void Disconnected(DisconnectCause cause, TimeSpan wait) => _causes.Enqueue(cause);

    public async ValueTask TakeAsync(ApplicationMessage message, CancellationToken cancellation)
    {
        await OnTake(message);
        _messages.Enqueue(message);
    }

    public static async Task UntilAsync(Func<bool> condition, string what, Action? meanwhile = null)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, $"never came: {what}");
            meanwhile?.Invoke();
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
