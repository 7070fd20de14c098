using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>TLS 1.2 or 1.3 by libssl itself, which reads and writes a socket that does not block. The server's certificate is not looked at.</summary>
internal sealed class TlsTransport : ILoadTransport
{
    private const int ControlMode = 33;
    private const int PartialWriteFromAnywhere = 1 | 2; // SSL_MODE_ENABLE_PARTIAL_WRITE, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
    private const int WantRead = 2;
    private const int WantWrite = 3;

    private static readonly nint Context = SSL_CTX_new(TLS_client_method());

    private readonly Socket _socket;
    private readonly nint _ssl;

    public TlsTransport(Socket socket)
    {
        _socket = socket;
        _ssl = SSL_new(Context);
        _ = SSL_ctrl(_ssl, ControlMode, PartialWriteFromAnywhere, 0);
        if (SSL_set_fd(_ssl, (int)socket.Handle) != 1 || SSL_connect(_ssl) != 1)
            throw new InvalidOperationException("the TLS handshake failed");
    }

    // A record may hold less than was asked for and another lie behind it, in the library's buffer, of which no event tells.
    public bool TellsWhenEmpty => false;

    public int Receive(Span<byte> target) => Outcome(SSL_read(_ssl, ref MemoryMarshal.GetReference(target), target.Length));

    public int Send(ReadOnlySpan<byte> bytes) => Outcome(SSL_write(_ssl, ref MemoryMarshal.GetReference(bytes), bytes.Length));

    public void EnterLoop() => _socket.Blocking = false;

    public void Dispose()
    {
        SSL_free(_ssl);
        _socket.Dispose();
    }

    private int Outcome(int count)
    {
        if (count > 0)
            return count;
        var error = SSL_get_error(_ssl, count);
        return error is WantRead or WantWrite ? 0 : throw new InvalidOperationException($"the server closed a connection (TLS {error})");
    }

#pragma warning disable SYSLIB1054, CA5392 // blittable arguments only: nothing to generate, and libssl is not looked for beside the assembly
    private const string Library = "libssl.so.3";

    [DllImport(Library)]
    private static extern nint TLS_client_method();

    [DllImport(Library)]
    private static extern nint SSL_CTX_new(nint method);

    [DllImport(Library)]
    private static extern nint SSL_new(nint context);

    [DllImport(Library)]
    private static extern nint SSL_ctrl(nint ssl, int command, nint number, nint pointer);

    [DllImport(Library)]
    private static extern int SSL_set_fd(nint ssl, int file);

    [DllImport(Library)]
    private static extern int SSL_connect(nint ssl);

    [DllImport(Library)]
    private static extern int SSL_read(nint ssl, ref byte buffer, int count);

    [DllImport(Library)]
    private static extern int SSL_write(nint ssl, ref byte buffer, int count);

    [DllImport(Library)]
    private static extern int SSL_get_error(nint ssl, int outcome);

    [DllImport(Library)]
    private static extern void SSL_free(nint ssl);
#pragma warning restore SYSLIB1054, CA5392
}
