using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Disguise.Host.Calibration;

/// <summary>
/// A real UDP echo over 127.0.0.1 between two threads: blocking <c>send</c> and <c>recv</c> of the
/// C library, one request at a time.
/// </summary>
/// <param name="PayloadBytes">Bytes of each datagram.</param>
/// <param name="Processors">
/// On how many processors: on two each waits for the other to be woken from idling, on one for the
/// other to be switched to.
/// </param>
/// <param name="MedianNs">The median round trip, nanoseconds.</param>
/// <param name="P99Ns">The 99th percentile.</param>
internal sealed unsafe record LoopbackEcho(
    int PayloadBytes, int Processors, double MedianNs, double P99Ns)
{
    private const int TimeoutMilliseconds = 2_000;

    /// <summary>Measures so many echoes, on one processor and on two where there are two.</summary>
    /// <exception cref="SurroundingsRefuseException">There is no loopback, or it loses.
    /// </exception>
    public static IEnumerable<LoopbackEcho> MeasureAll(int payloadBytes, int count)
    {
        var allowed = Calibration.Processors.Allowed();
        var first = allowed.Count > 0 ? allowed[0] : 0;
        yield return Measure(payloadBytes, count, first, first);
        if (allowed.Count > 1)
            yield return Measure(payloadBytes, count, first, allowed[1]);
    }

    private static LoopbackEcho Measure(int payloadBytes, int count, int first, int second)
    {
        try
        {
            using var server = NewSocket();
            using var client = NewSocket();
            server.Connect(client.LocalEndPoint!);
            client.Connect(server.LocalEndPoint!);
            var warmUp = Math.Min(count, 1_000);
            var times = Calibration.Processors.Pair(
                first, () => Request(client, payloadBytes, warmUp, count),
                second, () => Serve(server, payloadBytes, warmUp + count));
            Array.Sort(times);
            return new LoopbackEcho(
                payloadBytes, first == second ? 1 : 2, times[(times.Length - 1) / 2],
                times[(times.Length - 1) * 99 / 100]);
        }
        catch (SocketException cause)
        {
            throw new SurroundingsRefuseException(
                $"no echo over the loopback device: {cause.Message}", cause);
        }
    }

    private static Socket NewSocket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveTimeout = TimeoutMilliseconds,
        };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static double[] Request(Socket socket, int payloadBytes, int warmUp, int count)
    {
        var file = (int)socket.Handle;
        var times = new double[count];
        var bytes = stackalloc byte[payloadBytes];
        for (var number = 0; number < warmUp + count; number++)
        {
            bytes[0] = (byte)number;
            var start = Stopwatch.GetTimestamp();
            Require(LibC.send(file, bytes, payloadBytes, 0), payloadBytes);
            Require(LibC.recv(file, bytes, payloadBytes, 0), payloadBytes);
            var ticks = Stopwatch.GetTimestamp() - start;
            if (bytes[0] != (byte)number)
                throw new SurroundingsRefuseException("the loopback device gave another echo");
            if (number >= warmUp)
                times[number - warmUp] = ticks * (1e9 / Stopwatch.Frequency);
        }

        return times;
    }

    private static void Serve(Socket socket, int payloadBytes, int count)
    {
        var file = (int)socket.Handle;
        var bytes = stackalloc byte[payloadBytes];
        for (var number = 0; number < count; number++)
        {
            Require(LibC.recv(file, bytes, payloadBytes, 0), payloadBytes);
            Require(LibC.send(file, bytes, payloadBytes, 0), payloadBytes);
        }
    }

    private static void Require(nint moved, int wanted)
    {
        if (moved != wanted)
            throw new SurroundingsRefuseException("the loopback device lost a datagram");
    }
}
