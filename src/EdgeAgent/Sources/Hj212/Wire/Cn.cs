namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// Command codes (HJ 212-2017 table 9; those from 2025 as public code quotes them). Device and host share the numbers: a request and the
/// data that answers it have the same.
internal static class Cn
{
    public const int SetTimeout = 1000;
    public const int Time = 1011;
    public const int SetTime = 1012;
    public const int AskForTime = 1013;
    public const int RealTimeInterval = 1061;
    public const int SetRealTimeInterval = 1062;
    public const int MinuteInterval = 1063;
    public const int SetMinuteInterval = 1064;
    public const int RealTime = 2011;
    public const int EquipmentState = 2021;
    public const int Day = 2031;
    public const int EquipmentRunningTime = 2041;
    public const int Minute = 2051;
    public const int Hour = 2061;
    public const int Restarted = 2081;
    public const int KeepSample = 3015;
    public const int InstrumentId = 3019;
    public const int DeviceLog = 3020;
    public const int RequestAnswer = 9011;
    public const int ExecutionResult = 9012;
    public const int NoticeAnswer = 9013;
    public const int DataAnswer = 9014;
    public const int Heartbeat = 9015;

    private static readonly Dictionary<int, string> Names = new()
    {
        [SetTimeout] = "set timeout and retries", [1001] = "hardware serial numbers", [1002] = "set MN", [Time] = "time", [SetTime] = "set time",
        [AskForTime] = "ask for time calibration", [1014] = "new SM4 key", [RealTimeInterval] = "real-time interval",
        [SetRealTimeInterval] = "set real-time interval", [MinuteInterval] = "minute interval", [SetMinuteInterval] = "set minute interval",
        [1072] = "set password", [RealTime] = "real-time data", [2012] = "stop real-time data", [2013] = "raw data",
        [EquipmentState] = "equipment state", [2022] = "stop equipment state", [Day] = "daily data",
        [EquipmentRunningTime] = "equipment running time", [Minute] = "minute data", [2052] = "single noise measurement", [Hour] = "hourly data",
        [2062] = "automatic standard check", [Restarted] = "logger start time", [2111] = "furnace five-minute mean",
        [3011] = "zero and span calibration", [3012] = "immediate sampling", [3013] = "cleaning", [3014] = "comparison sampling",
        [KeepSample] = "keep sample", [3016] = "set sampling period", [3017] = "sampling period", [3018] = "output time",
        [InstrumentId] = "instrument id", [DeviceLog] = "device information", [3021] = "set parameter", [3022] = "3022", [3024] = "3024",
        [RequestAnswer] = "request answer", [ExecutionResult] = "execution result", [NoticeAnswer] = "notice answer",
        [DataAnswer] = "data answer", [Heartbeat] = "heartbeat",
    };

    public static bool IsKnown(int cn) => Names.ContainsKey(cn);

    /// "2061 hourly data"
    public static string Describe(int cn) => Names.TryGetValue(cn, out var name) ? $"{cn:D4} {name}" : $"{cn:D4}";
}
