using CsCheck;
using Disguise.Hardware.Nic.Descriptors;

namespace Disguise.Hardware.Tests.Nic.Descriptors;

public class DescriptorSpecs
{
    [Fact]
    public void A_transmit_descriptor_has_its_fields_where_the_datasheet_has_them()
    {
        Span<byte> bytes = stackalloc byte[16];
        new TransmitDescriptor(
            0x1122_3344_5566_7788, 0x0403,
            TransmitCommand.EndOfPacket | TransmitCommand.InsertFrameCheck
            | TransmitCommand.ReportStatus | TransmitCommand.Extended,
            PayloadBytes: 0x403, InsertNetworkChecksum: true, InsertTransportChecksum: true)
            .Write(bytes);

        Assert.Equal("8877665544332211" + "0304302B" + "00C30001",
            Convert.ToHexString(bytes));
        Assert.Equal(TransmitDescriptor.DataType, TransmitDescriptor.TypeOf(bytes));
    }

    [Fact]
    public void A_received_frames_status_is_where_a_driver_polls_it()
    {
        Span<byte> bytes = stackalloc byte[16];
        new ReceiveWriteBack(
            ReceiveStatus.DescriptorDone | ReceiveStatus.EndOfPacket
            | ReceiveStatus.NetworkChecksum | ReceiveStatus.NetworkError,
            1_066, 5, PacketType.Ipv4 | PacketType.Udp, 7, 0xA1B2C3D4).Write(bytes);

        Assert.Equal("17020000" + "D4C3B2A1" + "43000080" + "2A04" + "0500",
            Convert.ToHexString(bytes));
    }

    [Fact]
    public void A_legacy_descriptor_has_no_type()
    {
        Assert.Null(TransmitDescriptor.TypeOf(new byte[16]));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        Gen.Select(Gen.ULong, Gen.UShort, Gen.Byte, Gen.UInt[0, (1 << 18) - 1], Gen.Byte[0, 7])
            .Sample((address, length, command, payload, index) =>
            {
                var bytes = new byte[16];
                var sent = new TransmitDescriptor(
                    address, length, (TransmitCommand)command | TransmitCommand.Extended, payload,
                    (command & 1) != 0, (command & 2) != 0, index, (command & 4) != 0);
                sent.Write(bytes);
                Assert.Equal(sent, TransmitDescriptor.Read(bytes));

                var context = new TransmitContext(
                    index, (byte)(command & 0x7F), (ushort)(payload & 0x1FF), length,
                    (command & 8) != 0, (command & 16) != 0);
                context.Write(bytes);
                Assert.Equal(context, TransmitContext.Read(bytes));
                Assert.Equal(TransmitDescriptor.ContextType, TransmitDescriptor.TypeOf(bytes));

                var back = new ReceiveWriteBack(
                    (ReceiveStatus)payload, length, (ushort)~length,
                    (PacketType)(payload & 0x1FFF), (byte)(command & 0xF), (uint)address);
                back.Write(bytes);
                Assert.Equal(back, ReceiveWriteBack.Read(bytes));
            });
    }
}
