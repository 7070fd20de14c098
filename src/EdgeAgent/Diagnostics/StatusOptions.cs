using System.ComponentModel.DataAnnotations;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

internal sealed class StatusOptions
{
    public const string Section = "Status";

    /// The agent's own endpoint for `status`, `alert` and `verify`: loopback only.
    [Required, RegularExpression(@"^http://(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}/?$", ErrorMessage = "Status:Listen must be an http address on loopback.")]
    public string Listen { get; set; } = "http://127.0.0.1:7511";

    /// The status record goes up this often while something changes ...
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    [SetRemotely]
    public TimeSpan RecordInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// ... and at least this often.
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    [SetRemotely]
    public TimeSpan QuietInterval { get; set; } = TimeSpan.FromSeconds(60);
}
