using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.GrpcTests;

/// <summary>Keeps what the server logs.</summary>
public sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, EventId Id, string Text, Exception? Exception)> _lines = new();

    public IReadOnlyCollection<(LogLevel Level, EventId Id, string Text, Exception? Exception)> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Recorder(this);

    public void AssertNoErrors() => Assert.DoesNotContain(_lines, line => line.Level >= LogLevel.Error);

    public void Dispose()
    {
    }

    private sealed class Recorder(LogRecorder owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner._lines.Enqueue((logLevel, eventId, formatter(state, exception), exception));
    }
}
