using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;

namespace Disguise.Kernels.Tests.Exokernel.Scenes;

/// <summary>A network on which nothing comes and everything sent is kept.</summary>
internal sealed class SilentNetwork : INetworkLibrary
{
    /// <summary>Frames that were posted to the card.</summary>
    public List<byte[]> Posted { get; } = [];

    public INetworkStack MakeStack(MacAddress mac, Ipv4Address ip) =>
        throw new InvalidOperationException("an Exokernel has no stack");

    public INetworkDriver MakeDriver(
        IExecution execution, in QueueLayout layout, ulong registers, int queue,
        int arrivalVector) => new Driver(execution, layout.Buffers, Posted);

    private sealed class Driver(IExecution execution, ulong buffers, List<byte[]> posted)
        : INetworkDriver
    {
        public bool IsClosed => false;

        public bool HasPacket => false;

        public ulong ArrivalAddress => 0;

        public int NextReceived => 0;

        public int LastPosted => posted.Count - 1;

        public bool IsTransmitFull => false;

        public int PendingCount => 0;

        public ulong ReportAddress => 0;

        public bool HasNews => false;

        public void Initialize()
        {
        }

        public void ArmDoorbell()
        {
        }

        public Packet Take() => throw new InvalidOperationException("nothing comes");

        public ulong AddressOf(in Packet packet) => buffers;

        public void Done(in Packet packet)
        {
        }

        public bool TryTakeBuffer(out ushort buffer)
        {
            buffer = 0;
            return true;
        }

        public void Post(in Packet packet)
        {
            var frame = new byte[packet.LengthBytes];
            execution.Read(buffers, frame);
            posted.Add(frame);
        }

        public void ReplenishIfDue()
        {
        }

        public void Replenish()
        {
        }

        public void TellDevice()
        {
        }

        public void Close()
        {
        }

        public bool TrySend(ReadOnlySpan<byte> frame) => false;
    }
}
