using System.IO.Ports;
using EdgeEnforcement.EdgeAgent.Hosting;

namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

/// A wire: RS-232 or RS-485, eight bits, no parity, one stop bit. A port that is not there, or is pulled out, is tried again.
internal sealed class SerialTransport(string port, int baudRate, Backoff backoff, TimeProvider time, ILogger log) : ILinkTransport
{
    public async Task RunAsync(Func<DeviceLink, CancellationToken, Task> serve, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var serial = new SerialPort(port, baudRate, Parity.None, 8, StopBits.One);
                serial.Open();
                backoff.Reset();
                await using var link = new DeviceLink(serial.BaseStream, "serial:" + port);
                await serve(link, cancellation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                log.NotReached(port, e.Message);
            }
            await Task.Delay(backoff.Next(), time, cancellation);
        }
    }
}
