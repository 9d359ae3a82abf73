using Disguise.Actors.Execution;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Native;

namespace Disguise.LibOS.Applications;

/// <summary>
/// A hostile tenant. It answers the first of every four datagrams, so that its clients come back;
/// with the others it tries, one after the other: to load and store where memory and registers of
/// others may be, to send with another station's addresses, and to have its card read memory that
/// is not its own. It uses nothing but what every tenant has: its own address space and, where its
/// interface is native, its own rings. Without one it tries the first alone.
/// </summary>
/// <param name="port">UDP port that it listens on.</param>
public sealed class Rogue(ushort port) : IApplication
{
    // Where its own address space has nothing: below its registers, where those of further cards
    // are mapped, and far above its memory.
    private const ulong ForeignRegisters = 0x1_0000;
    private const ulong ForeignMemory = 1UL << 30;

    private const int SourceMacOffset = 6;
    private const int SourceIpOffset = 26;
    private const int FarOffset = 1 << 30;

    /// <inheritdoc/>
    public ushort ServicePort => port;

    /// <inheritdoc/>
    public async EmulatedTask Run(ApplicationHost host)
    {
        await host.Listen(port);
        var native = host.Socket as NativeSocket;
        for (var attempt = 0u; await host.Socket.Receive(); attempt++)
        {
            switch (attempt % 4)
            {
                case 1:
                    TouchWhatIsForeign(host);
                    break;
                case 2 when native is not null:
                    await native.Send(Spoofed(native, host));
                    break;
                case 3 when native is not null:
                    await native.Send(native.MakeReply() with
                    {
                        OffsetBytes = FarOffset,
                        NeedsChecksums = false,
                    });
                    break;
                default:
                    await host.Socket.Reply();
                    break;
            }
        }
    }

    private static void TouchWhatIsForeign(ApplicationHost host)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        host.Memory.TryRead(ForeignMemory, word);
        host.Memory.TryWrite(ForeignRegisters, word);
    }

    /// <summary>A reply that says it comes from the neighbour.</summary>
    private static Packet Spoofed(NativeSocket native, ApplicationHost host)
    {
        var reply = native.MakeReply();
        var frame = native.AddressOf(reply);
        Span<byte> mac = stackalloc byte[MacAddress.LengthBytes];
        Span<byte> ip = stackalloc byte[Ipv4Address.LengthBytes];
        host.Memory.Read(frame + SourceMacOffset, mac);
        host.Memory.Read(frame + SourceIpOffset, ip);
        mac[^1] ^= 1;
        ip[^1] ^= 1;
        host.Memory.Write(frame + SourceMacOffset, mac);
        host.Memory.Write(frame + SourceIpOffset, ip);
        return reply with { NeedsChecksums = true };
    }
}
