namespace EdgeEnforcement.IngestService.Desk.Documents;

internal static partial class PrintLog
{
    [LoggerMessage(EventId = 5100, EventName = "DocumentNotPrinted", Level = LogLevel.Warning,
        Message = "The converter {Converter} made no PDF: exit code {ExitCode}, it said: {Said}")]
    public static partial void NotPrinted(this ILogger log, string converter, int exitCode, string said);

    [LoggerMessage(EventId = 5101, EventName = "DocumentPrintTimeout", Level = LogLevel.Warning, Message = "The converter {Converter} did not finish in {Seconds} s and was ended")]
    public static partial void PrintTimeout(this ILogger log, string converter, int seconds);
}
