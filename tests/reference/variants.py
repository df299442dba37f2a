"""Which of the built-in networks a variant of tests/data/architectures.yaml is, and where its key shapes are in ours.

`rows` names our row, or our block for its last row, for each of the variant's key shapes in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .net import Net, net


class Variant(NamedTuple):
    spec: str
    rows: str
    image: str = ""
    settings: Mapping[str, str] = {}

    def net(self) -> Net:
        return net(self.spec, self.image, **self.settings)


def _stages(blocks: str, *counts: int) -> str:
    """Names of the blocks of several stages, such as stage2.basic3."""
    return " ".join(f"stage{s}.{blocks}{n}" for s, count in enumerate(counts, 1) for n in range(1, count + 1))


def _every_second(*counts: int) -> str:
    """The second, fourth … convolution of the plain network's stages, where a residual network's blocks end."""
    return " ".join(
        f"stage{s}.convbn{2 * n}" for s, count in enumerate(counts, 1) for n in range(1, count + 1)
    )


def _mobilenet(image: str = "", alpha: str = "1.0") -> Variant:
    return Variant("mobilenet_v1", MOBILENET, image, {"alpha": alpha} if alpha != "1.0" else {})


def _vit(layers: int) -> str:
    return f"conv1 {' '.join(f'layer{n}' for n in range(1, layers + 1))} layernorm1 fc1"


LENET = "conv1 conv1 avgpool1 conv2 conv2 avgpool2 fc1.flatten fc1 fc1 fc2 fc2 fc3"
ALEXNET = """conv1 relu1 pool1 conv2 relu2 pool2 conv3 relu3 conv4 relu4 conv5 relu5 pool5
    fc6.flatten fc6 relu6 fc7 relu7 fc8"""
VGG11 = """stage1.conv1 stage1.relu1 stage1 stage2.conv1 stage2.relu1 stage2 stage3.conv1
    stage3.relu1 stage3.conv2 stage3.relu2 stage3 stage4.conv1 stage4.relu1 stage4.conv2
    stage4.relu2 stage4 stage5.conv1 stage5.relu1 stage5.conv2 stage5.relu2 stage5 stage5 fc8"""
VGG16 = """stage1.conv1 stage1.relu1 stage1.conv2 stage1.relu2 stage1 stage2.conv1 stage2.relu1
    stage2.conv2 stage2.relu2 stage2 stage3.conv1 stage3.relu1 stage3.conv2 stage3.relu2
    stage3.conv3 stage3.relu3 stage3 stage4.conv1 stage4.relu1 stage4.conv2 stage4.relu2
    stage4.conv3 stage4.relu3 stage4 stage5.conv1 stage5.relu1 stage5.conv2 stage5.relu2
    stage5.conv3 stage5.relu3 stage5 stage5 fc8"""
VGG16_BN = """stage1.conv1 stage1.bn1 stage1.relu1 stage1.conv2 stage1 stage2.conv1 stage2
    stage3.conv1 stage3 stage4.conv1 stage4 stage5 fc3"""
ALEXNET_TORCHVISION = """conv1 relu1 maxpool1 conv2 relu2 maxpool2 conv3 relu3 conv4 relu4 conv5
    relu5 maxpool3 adaptiveavgpool1 fc3"""
UNET = """enc0 maxpool1 enc1 maxpool2 enc2 maxpool3 enc3 maxpool4 bottom up3.convtranspose1 up3
    up2.convtranspose1 up2 up1.convtranspose1 up1 up0.convtranspose1 up0 last"""
NIN = """mlpconv1.conv1 mlpconv1.relu1 mlpconv1.conv2 mlpconv1.relu2 mlpconv1.conv3 mlpconv1.relu3
    maxpool1 dropout1 mlpconv2.conv1 mlpconv2.relu1 mlpconv2.conv2 mlpconv2.relu2 mlpconv2.conv3
    mlpconv2.relu3 avgpool1 dropout2 mlpconv3.conv1 mlpconv3.relu1 mlpconv3.conv2 mlpconv3.relu2
    mlpconv3.conv3 mlpconv3.relu3 globalavgpool1 globalavgpool1"""
INCEPTION_V3 = """conv1 conv2 conv3 pool1 conv4 conv5 pool2 inceptiona1 inceptiona2 inceptiona3
    reductiona1 inceptionb1 inceptionb2 inceptionb3 inceptionb4 reductionb1 inceptionc1 inceptionc2
    globalavgpool1 fc1"""
INCEPTION_RESNET_V2 = """valid1 valid2 convbn1 maxpool1 convbn2 valid3 maxpool2 concat1 blocka10
    concat2 blockb20 concat3 blockc9 blockc10 convbn3 globalavgpool1 fc1"""
RESNET = "convbn1.conv1 maxpool1 stage1 stage2 stage3 stage4 globalavgpool1 fc1"
PLAIN34 = f"maxpool1 {_every_second(3, 4, 6, 3)} fc1"
SQUEEZENET = (
    """conv1 relu1 pool1 fire2 fire3 pool3 fire4 fire5 pool5 fire6 fire7 fire8 fire9 globalavgpool1"""
)
DENSENET = "conv1 bn1 maxpool1 {} transition1 {} transition2 {} transition3 {} bn2 fc1"
MOBILENET = """conv1 bn1 relu1 separable1.depthwise1 separable1.conv1 separable2.depthwise1
    separable2.conv1 separable4.depthwise1 separable4.conv1 separable6.depthwise1 separable6.conv1
    separable12.depthwise1 separable12.conv1 globalavgpool1 globalavgpool1 fc1"""
MOBILENET_V2 = """relu61 bottleneck1 stage1.bottleneck1 stage1 stage2.bottleneck1 stage2.add1 stage2
    stage3.bottleneck1 stage3.add1 stage3.add2 stage3 stage4.bottleneck1 stage4.add1 stage4
    stage5.bottleneck1 stage5.add1 stage5 stage6 convbn2 fc1"""
XCEPTION = """conv1 relu1 conv2 relu2 down1 down2 down3 middle1 middle2 middle3 middle4 middle5
    middle6 middle7 middle8 down4 sepbn1 relu3 sepbn2 relu4 globalavgpool1 fc1"""
MOBILENET_V3 = """hardswish1 bneck1 bneck2 keep1 bneck3 keep2 keep3 bneck4 keep4 bneck5 keep5 keep6
    hardswish2 globalavgpool1 fc2"""
EFFICIENTNET = "silu1 stage1 stage2 stage3 stage4 stage5 stage6 stage7 silu2 globalavgpool1 fc1"
MNASNET = """conv1 bn1 relu1 depthwise1 bn2 relu2 conv2 bn3 stack1 stack2 stack3 stack4 stack5
    stack6 conv3 bn4 relu3 fc1"""
MIXER = f"reshape1 {' '.join(f'mixer{n}' for n in range(1, 13))} layernorm1 fc1"
SHUFFLENET = "conv1 maxpool1 stage1 stage2 stage3 convbn1 fc1"
CONVNEXT = "layernorm1 block3 down1 block6 down2 {} down3 {} globalavgpool1 fc1"
B3 = {"width": "1.2", "depth": "1.4"}
B5 = {"width": "1.6", "depth": "2.2"}
SE_RESNEXT = {"groups": "32", "mid": "128", "deep": "true"}
RESNET110 = "stage1.basic1 stage1.basic2 stage2.basic1 stage3.basic1"
GOOGLENET = """conv1 maxpool1 conv2 conv3 maxpool2 inception3a inception3b maxpool3 inception4a
    inception4b inception4c inception4d inception4e maxpool4 inception5a inception5b globalavgpool1
    fc"""
CIFAR = "convbn1.conv1 convbn1.bn1 {} fc1"

VARIANTS = {
    "lenet5_ng_gray_32": Variant("lenet5", LENET),
    "lenet5_ng_rgb_32": Variant("lenet5_rgb", LENET),
    "alexnet_ng_227": Variant("alexnet", ALEXNET),
    "tv_alexnet": Variant("alexnet_torchvision", ALEXNET_TORCHVISION),
    "tv_vgg11": Variant("vgg11", VGG11),
    "tv_vgg16": Variant("vgg16", VGG16),
    "tv_vgg16_bn": Variant("vgg16_bn", VGG16_BN),
    "keras_VGG16": Variant("vgg16", ""),
    "nin_cifar10_32": Variant("nin_cifar10", NIN),
    "tv_googlenet_noaux": Variant("googlenet_torchvision", GOOGLENET),
    "pcv_bninception": Variant("inception_v2", "pool2 inception3b inception4d inception5b globalavgpool1 fc"),
    "tv_inception_v3_noaux": Variant("inception_v3", INCEPTION_V3),
    "pcv_inceptionresnetv1": Variant(
        "inception_resnet_v1", "valid4 blocka5 blockb10 blockc6 globalavgpool1 fc2"
    ),
    "timm_inception_resnet_v2": Variant("inception_resnet_v2", INCEPTION_RESNET_V2),
    "tv_resnet18": Variant("resnet18", RESNET),
    "tv_resnet50": Variant("resnet50_v1_5", RESNET),
    "tv_resnet152": Variant("resnet50_v1_5", RESNET, settings={"conv3": "8", "conv4": "36"}),
    "keras_ResNet50": Variant("resnet50_keras", ""),
    "plain34_224": Variant("plain34", PLAIN34),
    "resnet20_cifar_optA_32": Variant("resnet20", CIFAR.format(_stages("basic", 3, 3, 3))),
    "resnet56_cifar_optA_32": Variant("resnet56", CIFAR.format(_stages("basic", 9, 9, 9))),
    "resnet110_cifar_optA_32": Variant("resnet110", CIFAR.format(RESNET110)),
    "resnet20_cifar_optB_32": Variant("resnet_cifar_b", CIFAR.format(_stages("basic", 3, 3, 3))),
    "resnet56_cifar_optB_32": Variant(
        "resnet_cifar_b", CIFAR.format(_stages("basic", 9, 9, 9)), settings={"n": "9"}
    ),
    "resnet110_cifar_optB_32": Variant("resnet_cifar_b", CIFAR.format(RESNET110), settings={"n": "18"}),
    "tv_squeezenet1_1": Variant("squeezenet1_1", SQUEEZENET),
    "tv_densenet121": Variant("densenet121", DENSENET.format("dense6", "dense18", "dense42", "dense58")),
    "tv_densenet201": Variant(
        "densenet121",
        DENSENET.format("dense6", "dense18", "dense66", "dense98"),
        settings={"conv4": "48", "conv5": "32"},
    ),
    "keras_DenseNet121": Variant("densenet121", ""),
    "keras_DenseNet201": Variant("densenet121", "", settings={"conv4": "48", "conv5": "32"}),
    "mobilenet_v1_1_224": _mobilenet(),
    "mobilenet_v1_1_192": _mobilenet("192x192x3"),
    "mobilenet_v1_0.75_160": _mobilenet("160x160x3", "0.75"),
    "mobilenet_v1_0.75_128": _mobilenet("128x128x3", "0.75"),
    "mobilenet_v1_0.5_224": _mobilenet("", "0.5"),
    "mobilenet_v1_0.5_192": _mobilenet("192x192x3", "0.5"),
    "mobilenet_v1_0.25_224": _mobilenet("", "0.25"),
    "mobilenet_v1_0.25_128": _mobilenet("128x128x3", "0.25"),
    "keras_MobileNet": Variant("mobilenet_v1", ""),
    "tv_mobilenet_v2": Variant("mobilenet_v2", MOBILENET_V2),
    "timm_xception": Variant("xception", XCEPTION),
    "keras_Xception": Variant("xception", ""),
    "tv_resnext50_32x4d": Variant("resnext50_32x4d", RESNET),
    "tv_resnext101_32x8d": Variant("resnext50_32x4d", RESNET, settings={"conv4": "23", "widen": "4"}),
    "tv_wide_resnet50_2": Variant("wide_resnet50_2", RESNET),
    "pcv_densenet100_k12_bc_cifar10": Variant(
        "densenet100", "conv1 dense16 stage2 stage3 relu1 globalavgpool1 fc1"
    ),
    "pcv_wrn16_10_cifar10": Variant(
        "wide_resnet16_10", "conv1 stage1 stage2 stage3 relu1 globalavgpool1 fc1"
    ),
    "tv_mobilenet_v3_small": Variant("mobilenet_v3_small", MOBILENET_V3),
    "pcv_seresnet50": Variant("se_resnet50", RESNET.replace("convbn1.conv1 ", "")),
    "pcv_seresnext50_32x4d": Variant(
        "se_resnet50", RESNET.replace("convbn1.conv1 ", ""), settings=SE_RESNEXT
    ),
    "tv_efficientnet_b0": Variant("efficientnet_b0", EFFICIENTNET),
    "tv_efficientnet_b3": Variant("efficientnet_b0", EFFICIENTNET, "300x300x3", B3),
    "tv_efficientnet_b5": Variant("efficientnet_b0", EFFICIENTNET, "456x456x3", B5),
    "keras_EfficientNetB0": Variant("efficientnet_b0", ""),
    "keras_EfficientNetB3": Variant("efficientnet_b0", "", "300x300x3", B3),
    "keras_EfficientNetB5": Variant("efficientnet_b0", "", "456x456x3", B5),
    "tv_mnasnet1_0": Variant("mnasnet", MNASNET),
    "tv_regnet_x_400mf": Variant("regnet_x_400mf", "relu1 stage1 stage2 stage3 stage4 globalavgpool1 fc1"),
    "timm_mixer_b16_224": Variant("mixer_b16", MIXER),
    "unet_same_3ch_2cls_256": Variant("unet", UNET),
    "tv_shufflenet_v2_x1_0": Variant("shufflenet_v2_x1_0", SHUFFLENET),
    "tv_shufflenet_v2_x2_0": Variant(
        "shufflenet_v2_x1_0", SHUFFLENET, settings={"stage2": "244", "last": "2048"}
    ),
    "tv_convnext_tiny": Variant("convnext_tiny", CONVNEXT.format("block15", "block18")),
    "tv_convnext_base": Variant(
        "convnext_tiny", CONVNEXT.format("block33", "block36"), settings={"width": "128", "depth": "27"}
    ),
    "tv_vit_b_16": Variant("vit_b_16", _vit(12)),
    "tv_vit_l_32": Variant(
        "vit_b_16", _vit(24), settings={"patch": "32", "d": "1024", "heads": "16", "depth": "24"}
    ),
    "timm_deit_tiny_patch16_224": Variant(
        "vit_b_16", _vit(12).replace("conv1", "reshape1"), settings={"d": "192", "heads": "3"}
    ),
    "llama_7b_seq128": Variant("llama_7b", ""),
    "transformer_base": Variant("transformer_base", ""),
    "bert_base_uncased_seq128": Variant("bert_base", ""),
    "bert_base_nopooler": Variant("bert_base", "", settings={"pooler": "false"}),
    "gpt2_small_seq128": Variant("gpt2_small", "", settings={"T": "128"}),
    "gpt2_small_lm_seq1024": Variant("gpt2_small", ""),
    "gpt2_large_lm_seq1024": Variant("gpt2_small", "", settings={"d": "1280", "heads": "20", "depth": "36"}),
}

OTHERS = {
    "keras_InceptionV3": ("inception_v3_keras", "its batch normalisation learns no scale"),
    "tv_swin_t": ("swin_t", "needs attention in windows"),
    "tv_swin_b": ("swin_t", "needs attention in windows"),
    "distilbert_base_seq128": ("distilbert", "not written down yet"),
    "t5_small_seq128": ("t5_small", "its attention learns a number for every distance"),
    "tv_maxvit_t": ("maxvit_t", "needs attention in windows"),
    "timm_ghostnet_100": ("ghostnet", "not written down yet"),
}
"""Variants without a built-in network: the name it would have, and why there is none."""
