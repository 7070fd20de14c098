namespace EdgeEnforcement.OutletSimulator;

/// <param name="RealTime">Between real-time values; the standard's shortest is 30 s.</param>
/// <param name="Minute">Period of minute data.</param>
/// <param name="History">How far back the logger sends hours and minutes when it connects first.</param>
internal sealed record LoggerOptions(string Host, int Port, string Password, TimeSpan RealTime, TimeSpan Minute, TimeSpan History);
