using System.Globalization;
using Spectre.Console;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Log lines on a terminal that shows the live table: through the same console, which puts them above the table instead of into it.
internal sealed class TerminalLogs(IAnsiConsole console, TimeProvider time) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Line(console, time);

    public void Dispose()
    {
        // The console is the process's.
    }

    private sealed class Line(IAnsiConsole console, TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var at = time.GetUtcNow().ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            var text = $"{at} {formatter(state, exception)}" + (exception is null ? "" : ": " + exception.Message);
            // The live table is moved down without being wiped: each line has to cover what stood there.
            var width = Math.Max(20, console.Profile.Width - 1);
            var lines = text.ReplaceLineEndings(" ").Chunk(width).Select(part => new string(part).PadRight(width));
            console.WriteLine(string.Join('\n', lines), new Style(logLevel == LogLevel.Warning ? Color.Olive : Color.Red));
        }
    }
}
